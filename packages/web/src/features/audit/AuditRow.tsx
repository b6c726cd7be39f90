import { type Act, api, type Group } from '@groupcast/protocol';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { longDate, timeOfDay } from '../../ui/format.ts';
import { ActRow } from '../../ui/Page.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './AuditRow.module.css';

/** Opens the log of what owner and admins did; for them. */
export function AuditRow({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActRow label={t('audit.title')} text={t('audit.text')} onAct={() => setOpen(true)} />
      {open && <Log group={group} onClose={() => setOpen(false)} />}
    </>
  );
}

const newest = Number.MAX_SAFE_INTEGER;

function Log({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const { t, language } = useTranslation();
  const say = useToast();
  const fault = useFault();
  const params = { group: group.id };
  const { loaded, reload, put } = useApi(api.audit, { params, query: { before: newest } });
  const [busy, setBusy] = useState(false);
  const { acts, more } = loaded.state === 'ready' ? loaded.value : { acts: [], more: false };
  const older = async () => {
    const before = acts.at(-1)?.id;
    if (before === undefined) return;
    setBusy(true);
    const answer = await call(api.audit, { params, query: { before } });
    setBusy(false);
    if ('ok' in answer) put({ acts: [...acts, ...answer.ok.acts], more: answer.ok.more });
    else say({ text: fault(answer), look: 'problem' });
  };
  return (
    <Dialog look="sheet" title={t('audit.title')} onClose={onClose}>
      {loaded.state === 'refused' && <Failed text={fault(loaded.refusal)} onRetry={reload} />}
      {loaded.state === 'ready' && acts.length === 0 && <p className={css['none']}>{t('audit.none')}</p>}
      <ul className={css['acts']} aria-busy={loaded.state === 'loading'}>
        {acts.map((act) => (
          <li key={act.id}>
            {wordsOf(act, t)}
            <time dateTime={new Date(act.at).toISOString()}>
              {longDate(act.at, Date.now(), language)} {timeOfDay(act.at, language)}
            </time>
          </li>
        ))}
      </ul>
      {more && (
        <Button wide busy={busy} onClick={() => void older()}>
          {t('audit.older')}
        </Button>
      )}
    </Dialog>
  );
}

/** Who is gone since has no name any more. */
function wordsOf({ act, by, about, text }: Act, t: Translate): string {
  const gone = t('audit.gone');
  const names = { by: by?.name ?? gone, about: about?.name ?? gone };
  switch (act) {
    case 'startRule':
      return t('audit.startRule', { ...names, rule: t(ruleKey(text)) });
    case 'startAllowed':
      return t('audit.startAllowed', names);
    case 'roleGiven':
      return t('audit.roleGiven', { ...names, role: t(roleKey(text)) });
    case 'renamed':
    case 'liveEnded':
      return t(`audit.${act}`, { ...names, text });
    case 'muted':
      return t('audit.muted', { ...names, count: Math.max(1, Math.round(Number(text) / 60)) });
    case 'unmuted':
    case 'startDeclined':
    case 'removed':
    case 'messageDeleted':
    case 'commentDeleted':
      return t(`audit.${act}`, names);
  }
}

const roleKey = (role: string) =>
  role === 'owner' ? 'groups.role.owner' : role === 'admin' ? 'groups.role.admin' : 'groups.role.member';

const ruleKey = (who: string) =>
  who === 'named' ? 'starting.who_named' : who === 'ask' ? 'starting.who_ask' : 'starting.who_everyone';
