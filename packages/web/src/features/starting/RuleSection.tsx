import { api, type Group, type StartRule } from '@groupcast/protocol';
import { useState } from 'react';
import { useApi } from '../../api/useApi.ts';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { Failed } from '../../ui/Failed.tsx';
import { ActRow, Section } from '../../ui/Page.tsx';
import { useFault } from '../../ui/useFault.ts';
import { AuditRow } from '../audit/index.ts';
import { clockOf } from './model.ts';
import { RuleDialog } from './RuleDialog.tsx';
import css from './RuleSection.module.css';

/** On a group's page: who may go live here; its owner and admins change it. */
export function RuleSection({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const fault = useFault();
  const { loaded, reload, put } = useApi(api.starting, { params: { group: group.id } });
  const [changing, setChanging] = useState(false);
  const starting = loaded.state === 'ready' ? loaded.value : undefined;
  const rule = starting?.rule;
  const who = rule && t(`starting.who_${rule.who}`);
  const more = rule && moreOf(rule, t);
  return (
    <Section title={t('starting.title')}>
      {loaded.state === 'refused' && <Failed text={fault(loaded.refusal)} onRetry={reload} />}
      {who && group.role !== 'member' && (
        <ActRow label={who} {...(more && { text: more })} onAct={() => setChanging(true)} />
      )}
      {who && group.role === 'member' && (
        <p className={css['rule']}>
          {who}
          {more && <small>{more}</small>}
        </p>
      )}
      {group.role !== 'member' && <AuditRow group={group} />}
      {starting && changing && (
        <RuleDialog
          group={group}
          starting={starting}
          onSaved={(saved) => {
            put(saved);
            setChanging(false);
          }}
          onStale={() => {
            reload();
            setChanging(false);
          }}
          onClose={() => setChanging(false)}
        />
      )}
    </Section>
  );
}

/** What else the rule says, in one line. */
function moreOf({ atOnce, audioOnly, coolDownMinutes, quiet }: StartRule, t: Translate): string {
  const parts = [
    t('starting.atOnceIs', { count: atOnce }),
    audioOnly && t('starting.sound_sound'),
    coolDownMinutes > 0 && t('starting.coolDownIs', { count: coolDownMinutes }),
    quiet && t('starting.quietIs', { from: clockOf(quiet.from), until: clockOf(quiet.until) }),
  ];
  return parts.filter(Boolean).join(' · ');
}
