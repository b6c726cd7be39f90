import { api, type Group, type Starting, type StartRule, type UserId } from '@groupcast/protocol';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import { clockOf, minuteOf, usualQuiet } from './model.ts';
import { NamedList } from './NamedList.tsx';
import css from './RuleDialog.module.css';

const everybody = ['everyone', 'named', 'ask'] as const;
const counts = ['1', '2', '3'] as const;
const sounds = ['picture', 'sound'] as const;
/** Minutes; nought is without. */
const waits = ['0', '5', '15', '30', '60', '120', '1440'] as const;
const quietOrNot = ['off', 'on'] as const;

export interface RuleDialogProps {
  readonly group: Group;
  readonly starting: Starting;
  readonly onSaved: (starting: Starting) => void;
  /** Somebody else saved first: what is true now is wanted. */
  readonly onStale: () => void;
  readonly onClose: () => void;
}

/** Changes who may start lives in a group, and how. */
export function RuleDialog({ group, starting, onSaved, onStale, onClose }: RuleDialogProps) {
  const { t } = useTranslation();
  const say = useToast();
  const fault = useFault();
  const [rule, setRule] = useState(starting.rule);
  const [named, setNamed] = useState<readonly UserId[]>(starting.named.map(({ id }) => id));
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<StartRule>) => setRule({ ...rule, ...part });
  const wait = String(rule.coolDownMinutes);
  const save = async () => {
    setBusy(true);
    const body = { version: starting.version, rule, named: [...named] };
    const answer = await call(api.setStarting, { params: { group: group.id }, body });
    setBusy(false);
    if ('ok' in answer) return onSaved(answer.ok);
    say({ text: fault(answer), look: 'problem' });
    if (answer.fault === 'stale') onStale();
  };
  return (
    <Dialog look="sheet" title={t('starting.title')} onClose={onClose}>
      <div className={css['rule']}>
        <Select
          label={t('starting.who')}
          value={rule.who}
          options={everybody}
          nameOf={(who) => t(`starting.who_${who}`)}
          onValue={(who) => change({ who })}
        />
        {rule.who === 'named' && <NamedList group={group} named={named} onNamed={setNamed} />}
        <Select
          label={t('starting.atOnce')}
          value={String(rule.atOnce)}
          options={counts}
          nameOf={(count) => count}
          onValue={(count) => change({ atOnce: Number(count) })}
        />
        <Select
          label={t('starting.sound')}
          value={rule.audioOnly ? 'sound' : 'picture'}
          options={sounds}
          nameOf={(sound) => t(`starting.sound_${sound}`)}
          onValue={(sound) => change({ audioOnly: sound === 'sound' })}
        />
        <Select
          label={t('starting.coolDown')}
          value={wait}
          options={waits.some((one) => one === wait) ? waits : [...waits, wait]}
          nameOf={(minutes) =>
            minutes === '0' ? t('starting.coolDownNone') : t('starting.minutes', { count: Number(minutes) })
          }
          onValue={(minutes) => change({ coolDownMinutes: Number(minutes) })}
        />
        <Quiet rule={rule} onChange={change} />
        <p className={css['note']}>{t('starting.note')}</p>
        <Button look="main" size="big" wide busy={busy} onClick={() => void save()}>
          {t('starting.save')}
        </Button>
      </div>
    </Dialog>
  );
}

function Quiet({
  rule: { quiet },
  onChange,
}: {
  readonly rule: StartRule;
  readonly onChange: (part: Partial<StartRule>) => void;
}) {
  const { t } = useTranslation();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const set = (part: 'from' | 'until', clock: string) => {
    const minute = minuteOf(clock);
    if (quiet && minute !== undefined) onChange({ quiet: { ...quiet, [part]: minute } });
  };
  return (
    <>
      <Select
        label={t('starting.quiet')}
        value={quiet ? 'on' : 'off'}
        options={quietOrNot}
        nameOf={(on) => t(`starting.quiet_${on}`)}
        onValue={(on) => onChange({ quiet: on === 'on' ? usualQuiet(timeZone) : null })}
      />
      {quiet && (
        <div className={css['hours']}>
          <Field
            label={t('starting.quietFrom')}
            type="time"
            value={clockOf(quiet.from)}
            onValue={(clock) => set('from', clock)}
          />
          <Field
            label={t('starting.quietUntil')}
            type="time"
            value={clockOf(quiet.until)}
            onValue={(clock) => set('until', clock)}
          />
          <p className={css['note']}>{t('starting.zone', { zone: quiet.zone })}</p>
        </div>
      )}
    </>
  );
}
