import { api, type Group, limits, type Person, type Starting } from '@groupcast/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { Field } from '../../ui/Field.tsx';
import { timeOfDay } from '../../ui/format.ts';
import { newId } from '../../ui/newId.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './Gate.module.css';
import { isOfGroup, mayAsk, passesIn } from './model.ts';

export interface GateProps {
  readonly group: Group;
  readonly onClose: () => void;
  /** What stands behind it; `onlySound`: lives here have no picture. */
  readonly children: (onlySound: boolean) => ReactNode;
}

/** Before a live: lets through who may start one, and tells the others why not and who can change it. */
export function Gate({ group, onClose, children }: GateProps) {
  const { loaded, reload, put } = useApi(api.starting, { params: { group: group.id } });
  const starting = loaded.state === 'ready' ? loaded.value : undefined;
  const bar = starting?.bar;
  useEffect(() => {
    const ms = bar ? passesIn(bar, Date.now()) : null;
    if (ms === null) return;
    const timer = setTimeout(reload, Math.min(ms + 1_000, 60_000));
    return () => clearTimeout(timer);
  }, [bar, reload]);
  if (loaded.state === 'loading') return null;
  // Who cannot be told now is told by the start itself.
  if (!starting?.bar) return children(starting?.rule.audioOnly ?? false);
  return <Barred {...{ group, onClose, starting }} bar={starting.bar} onAsked={put} />;
}

function Barred({
  group,
  starting,
  bar,
  onAsked,
  onClose,
}: Pick<GateProps, 'group' | 'onClose'> & {
  readonly starting: Starting;
  readonly bar: NonNullable<Starting['bar']>;
  readonly onAsked: (starting: Starting) => void;
}) {
  const { t, language } = useTranslation();
  return (
    <Dialog look="sheet" title={t(`starting.title_${bar.why}`)} onClose={onClose}>
      <p className={css['why']} role="status">
        {t(starting.asked ? 'starting.asked' : `fault.${bar.why}`)}{' '}
        {bar.until !== null && t('starting.until', { time: timeOfDay(bar.until, language) })}
      </p>
      {mayAsk(starting) && <Ask group={group} onAsked={onAsked} />}
      {isOfGroup(bar) ? <Leads people={starting.leads} /> : <p className={css['quiet']}>{t('starting.operator')}</p>}
    </Dialog>
  );
}

function Leads({ people }: { readonly people: readonly Person[] }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={css['quiet']}>{t('starting.leads')}</p>
      <ul className={css['leads']}>
        {people.map((person) => (
          <li key={person.id}>
            <Face person={person} size={36} />
            {person.name}
          </li>
        ))}
      </ul>
    </>
  );
}

function Ask({ group, onAsked }: { readonly group: Group; readonly onAsked: (starting: Starting) => void }) {
  const { t } = useTranslation();
  const say = useToast();
  const fault = useFault();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [clientId] = useState(newId);
  const ask = async () => {
    setBusy(true);
    const answer = await call(api.askToStart, { params: { group: group.id }, body: { clientId, text } });
    setBusy(false);
    if ('ok' in answer) onAsked(answer.ok);
    else say({ text: fault(answer), look: 'problem' });
  };
  return (
    <form
      className={css['ask']}
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <Field
        label={t('starting.askFor')}
        value={text}
        onValue={setText}
        maxLength={limits.askLength}
        autoComplete="off"
      />
      <Button look="main" size="big" wide type="submit" busy={busy}>
        {t('starting.ask')}
      </Button>
    </form>
  );
}
