import { api, faults, type GroupId, type InviteView } from '@groupcast/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Door } from '../../ui/Door.tsx';
import { GroupFace } from '../../ui/GroupFace.tsx';
import { Turn } from '../../ui/Turn.tsx';
import { useFault } from '../../ui/useFault.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { useSession } from '../account/index.ts';
import { SignInForm } from '../account/SignInForm.tsx';
import { SignUpForm } from '../account/SignUpForm.tsx';
import css from './InvitePage.module.css';

/** An invite: shows the group, lets one sign up or in right there, and ends in the group. */
export function InvitePage({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const say = useFault();
  const [, go] = useLocation();
  const { loaded, reload } = useApi(api.invite, { params: { code } });
  if (loaded.state === 'loading') return <Door title="" />;
  if (loaded.state === 'refused') {
    const away = faults[loaded.refusal.fault].retry;
    return (
      <Door title={away ? t('app.name') : t('invites.broken')} text={say(loaded.refusal)}>
        <Button look="main" wide onClick={() => (away ? reload() : go('/', { replace: true }))}>
          {t(away ? 'app.retry' : 'app.toGroups')}
        </Button>
      </Door>
    );
  }
  return <Invited code={code} view={loaded.value} />;
}

function Invited({ code, view }: { readonly code: string; readonly view: InviteView }) {
  const { t } = useTranslation();
  const say = useFault();
  const [, go] = useLocation();
  const session = useSession();
  const state = useReadable(session.state);
  const [joining, setJoining] = useState<'signUp' | 'signIn'>('signUp');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const land = (group: GroupId) => go(`/g/${group}`, { replace: true });

  const join = async () => {
    setBusy(true);
    const answer = await call(api.joinByInvite, { params: { code } });
    setBusy(false);
    if ('ok' in answer) land(answer.ok.group);
    else setProblem(say(answer));
  };

  const { member } = view;
  return (
    <Door top={<GroupFace group={view.group} size={72} />} title={view.group.name} text={<About view={view} />}>
      {problem && (
        <p className={css['problem']} role="alert">
          {problem}
        </p>
      )}
      {state.state === 'in' && member && (
        <Button look="main" size="big" wide onClick={() => land(member)}>
          {t('invites.open')}
        </Button>
      )}
      {state.state === 'in' && !member && (
        <Button look="main" size="big" wide busy={busy} onClick={() => void join()}>
          {t('invites.join')}
        </Button>
      )}
      {state.state !== 'in' && joining === 'signUp' && (
        <>
          <SignUpForm
            by={{ invite: code }}
            onSignedUp={(me, group) => {
              if (group) land(group);
              session.signedIn(me);
            }}
          />
          <Turn ask={t('account.haveAccount')} act={t('account.signIn')} onTurn={() => setJoining('signIn')} />
        </>
      )}
      {state.state !== 'in' && joining === 'signIn' && (
        <>
          <SignInForm
            onSignedIn={async (me) => {
              await join();
              session.signedIn(me);
            }}
          />
          <Turn ask={t('account.noAccount')} act={t('account.signUpTitle')} onTurn={() => setJoining('signUp')} />
        </>
      )}
    </Door>
  );
}

function About({ view }: { readonly view: InviteView }) {
  const { t } = useTranslation();
  return (
    <>
      {t('groups.members', { count: view.group.memberCount })}
      <br />
      {view.member ? t('invites.already') : t('invites.invited', { name: view.by })}
    </>
  );
}
