import { api, type Group, type Message, type StartAsk } from '@groupcast/protocol';
import { Check, Radio, X } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './AskCard.module.css';

/** A request to start a live, in the chat: what for, and its answer; for owner and admins two buttons. */
export function AskCard({
  group,
  message,
  ask,
}: {
  readonly group: Group;
  readonly message: Message;
  readonly ask: StartAsk;
}) {
  const { t } = useTranslation();
  const say = useToast();
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  const answer = async (allow: boolean) => {
    setBusy(true);
    const done = await call(api.answerAsk, { params: { group: group.id, seq: message.seq }, body: { allow } });
    setBusy(false);
    if ('fault' in done) say({ text: fault(done), look: 'problem' });
  };
  return (
    <article className={css['card']} aria-label={t('starting.card', { name: message.by.name })}>
      <p className={css['title']}>
        <Radio size={20} strokeWidth={1.75} aria-hidden="true" />
        {t('starting.cardTitle')}
      </p>
      {ask.text && <p className={css['text']}>{ask.text}</p>}
      {ask.state === 'waiting' && group.role !== 'member' ? (
        <div className={css['acts']}>
          <Button size="small" disabled={busy} onClick={() => void answer(false)}>
            {t('starting.decline')}
          </Button>
          <Button look="main" size="small" busy={busy} onClick={() => void answer(true)}>
            {t('starting.allow')}
          </Button>
        </div>
      ) : (
        <p className={css['state']}>
          {ask.state === 'allowed' && <Check size={16} strokeWidth={2} aria-hidden="true" />}
          {ask.state === 'declined' && <X size={16} strokeWidth={2} aria-hidden="true" />}
          {t(`starting.state_${ask.state}`, { name: ask.by?.name ?? '' })}
        </p>
      )}
    </article>
  );
}
