import { api, ClientId, type GroupId, type Invite } from '@groupcast/protocol';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { newId } from '../../ui/newId.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';

/** A group's invite links, and what can be done with them. */
export function useInvites(group: GroupId) {
  const { loaded, put, reload } = useApi(api.invites, { params: { group } });
  const say = useToast();
  const fault = useFault();
  const invites = loaded.state === 'ready' ? loaded.value.invites : undefined;

  const create = async (hours: number | null, maxUses: number | null): Promise<Invite | undefined> => {
    const body = { hours, maxUses, clientId: ClientId.parse(newId()) };
    const answer = await call(api.createInvite, { params: { group }, body });
    if ('ok' in answer) {
      put({ invites: [answer.ok, ...(invites ?? [])] });
      return answer.ok;
    }
    say({ text: fault(answer), look: 'problem' });
    return undefined;
  };

  const revoke = async (invite: Invite): Promise<void> => {
    const answer = await call(api.revokeInvite, { params: { group, invite: invite.id } });
    if ('ok' in answer) put({ invites: (invites ?? []).filter(({ id }) => id !== invite.id) });
    else say({ text: fault(answer), look: 'problem' });
  };

  return { invites, refused: loaded.state === 'refused' ? fault(loaded.refusal) : undefined, reload, create, revoke };
}
