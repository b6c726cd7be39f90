import { api, type Group, type Member, type Role } from '@groupcast/protocol';
import { ArrowLeftRight, Ellipsis, Shield, ShieldOff, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Face } from '../../ui/Face.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { Section } from '../../ui/Page.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import { useMe } from '../account/index.ts';
import { useDirectory } from './context.ts';
import css from './Members.module.css';
import { byRank, type Power, powersOver } from './powers.ts';

/** More than this, and one wants to search. */
const searchFrom = 12;

interface Asked {
  readonly member: Member;
  readonly spot: { readonly x: number; readonly y: number };
}

/** Everybody in the group with their roles, and what may be done with each. */
export function Members({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const me = useMe();
  const directory = useDirectory();
  const say = useToast();
  const fault = useFault();
  const { loaded, reload } = useApi(api.members, { params: { group: group.id } });
  const [words, setWords] = useState('');
  const [menu, setMenu] = useState<Asked>();
  const [asking, setAsking] = useState<{ readonly member: Member; readonly power: 'makeOwner' | 'remove' }>();
  const members = loaded.state === 'ready' ? loaded.value.members : [];
  const shown = members
    .filter(({ person }) => person.name.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()))
    .sort(byRank);

  const paramsOf = (member: Member) => ({ group: group.id, user: member.person.id });
  const settle = async (answer: { readonly ok: unknown } | Parameters<typeof fault>[0]) => {
    if ('fault' in answer) say({ text: fault(answer), look: 'problem' });
    reload();
    await directory.reload();
  };
  const give = async (member: Member, role: Role) =>
    settle(await call(api.changeRole, { params: paramsOf(member), body: { role } }));
  const remove = async (member: Member) => settle(await call(api.removeMember, { params: paramsOf(member) }));

  const entryOf = (member: Member, power: Power): MenuEntry => {
    const icon = { size: 20, strokeWidth: 1.75 };
    switch (power) {
      case 'makeAdmin':
        return { label: t('groups.makeAdmin'), icon: <Shield {...icon} />, run: () => void give(member, 'admin') };
      case 'makeMember':
        return { label: t('groups.makeMember'), icon: <ShieldOff {...icon} />, run: () => void give(member, 'member') };
      case 'makeOwner':
        return {
          label: t('groups.makeOwner'),
          icon: <ArrowLeftRight {...icon} />,
          run: () => setAsking({ member, power }),
        };
      case 'remove':
        return {
          label: t('groups.remove'),
          icon: <UserMinus {...icon} />,
          danger: true,
          run: () => setAsking({ member, power }),
        };
    }
  };

  const closing = (entry: MenuEntry): MenuEntry => ({
    ...entry,
    run: () => {
      setMenu(undefined);
      entry.run();
    },
  });

  return (
    <Section title={t('groups.membersTitle')}>
      {members.length >= searchFrom && (
        <Field label={t('groups.findMember')} value={words} onValue={setWords} type="search" />
      )}
      {loaded.state === 'refused' && <Failed text={fault(loaded.refusal)} onRetry={reload} />}
      <ul className={css['members']} aria-busy={loaded.state === 'loading'}>
        {shown.map((member) => (
          <li key={member.person.id}>
            <Face person={member.person} size={40} />
            <span className={css['name']}>
              {member.person.name}
              {member.person.id === me.id && <small> ({t('groups.you')})</small>}
            </span>
            {member.role !== 'member' && <Pill look="quiet">{t(`groups.role.${member.role}`)}</Pill>}
            {powersOver(group.role, member.role, member.person.id === me.id).length > 0 && (
              <IconButton
                label={t('groups.memberMenu', { name: member.person.name })}
                onClick={({ currentTarget }) => {
                  const { right, bottom } = currentTarget.getBoundingClientRect();
                  setMenu({ member, spot: { x: right - 200, y: bottom } });
                }}
              >
                <Ellipsis size={20} strokeWidth={1.75} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {menu && (
        <Menu
          label={t('groups.memberMenu', { name: menu.member.person.name })}
          {...menu.spot}
          entries={powersOver(group.role, menu.member.role, false).map((power) => closing(entryOf(menu.member, power)))}
          onClose={() => setMenu(undefined)}
        />
      )}
      {asking && (
        <Confirm
          title={t(asking.power === 'remove' ? 'groups.removeAsk' : 'groups.makeOwnerAsk', {
            name: asking.member.person.name,
            group: group.name,
          })}
          text={t(asking.power === 'remove' ? 'groups.removeText' : 'groups.makeOwnerText', {
            name: asking.member.person.name,
          })}
          act={t(asking.power === 'remove' ? 'groups.remove' : 'groups.makeOwner')}
          danger={asking.power === 'remove'}
          onAct={async () => {
            await (asking.power === 'remove' ? remove(asking.member) : give(asking.member, 'owner'));
            setAsking(undefined);
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Section>
  );
}
