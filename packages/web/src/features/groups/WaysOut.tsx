import { api, type Group } from '@groupcast/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Field } from '../../ui/Field.tsx';
import { ActRow, Section } from '../../ui/Page.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import { useMe } from '../account/index.ts';
import { useDirectory } from './context.ts';
import css from './WaysOut.module.css';

/** Leaving, and for the owner deleting, each asked once. */
export function WaysOut({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const me = useMe();
  const directory = useDirectory();
  const say = useToast();
  const fault = useFault();
  const [asking, setAsking] = useState<'leave' | 'delete'>();
  const [typed, setTyped] = useState('');

  const settle = (answer: { readonly ok: unknown } | Parameters<typeof fault>[0]) => {
    setAsking(undefined);
    if ('fault' in answer) {
      say({ text: fault(answer), look: 'problem' });
      return;
    }
    go('/', { replace: true });
    directory.gone(group.id);
  };
  const owner = group.role === 'owner';
  const params = { group: group.id };

  return (
    <Section>
      {!owner && <ActRow danger label={t('groups.leave')} onAct={() => setAsking('leave')} />}
      {owner && group.memberCount > 1 && <p className={css['note']}>{t('groups.ownerStays')}</p>}
      {owner && <ActRow danger label={t('groups.delete')} onAct={() => setAsking('delete')} />}
      {asking === 'leave' && (
        <Confirm
          title={t('groups.leaveAsk', { group: group.name })}
          text={t('groups.leaveText')}
          act={t('groups.leave')}
          danger
          onAct={async () => settle(await call(api.removeMember, { params: { ...params, user: me.id } }))}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title={t('groups.deleteAsk', { group: group.name })}
          text={t('groups.deleteText')}
          act={t('groups.delete')}
          danger
          disabled={typed.trim() !== group.name}
          onAct={async () => settle(await call(api.deleteGroup, { params }))}
          onClose={() => setAsking(undefined)}
        >
          <div className={css['typed']}>
            <Field
              label={t('groups.deleteType')}
              placeholder={group.name}
              value={typed}
              onValue={setTyped}
              autoComplete="off"
            />
          </div>
        </Confirm>
      )}
    </Section>
  );
}
