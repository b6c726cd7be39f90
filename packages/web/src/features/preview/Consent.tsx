import { api, type Group, liveConsentVersion, type Me } from '@groupcast/protocol';
import { Lock, MessageSquareOff, ShieldCheck, Square } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import css from './Consent.module.css';

/** What a member agrees to before the first live; asked again when the text changes. */
export function Consent({
  group,
  onMe,
  onClose,
}: {
  readonly group: Group;
  readonly onMe: (me: Me) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const agree = async () => {
    setBusy(true);
    const answer = await call(api.consent, { body: { version: liveConsentVersion } });
    setBusy(false);
    if ('ok' in answer) onMe(answer.ok);
    else setProblem(t(`fault.${answer.fault}`));
  };
  const points = [
    { Sign: Lock, text: t('preview.consentWho', { group: group.name }) },
    { Sign: MessageSquareOff, text: t('preview.consentKept') },
    { Sign: ShieldCheck, text: t('preview.consentOwn') },
    { Sign: Square, text: t('preview.consentEnd') },
  ];
  return (
    <Dialog look="sheet" title={t('preview.consentTitle')} onClose={onClose}>
      <ul className={css['points']}>
        {points.map(({ Sign, text }) => (
          <li key={text}>
            <Sign size={20} strokeWidth={1.75} aria-hidden="true" />
            {text}
          </li>
        ))}
      </ul>
      {problem && (
        <p className={css['problem']} role="alert">
          {problem}
        </p>
      )}
      <Button look="main" size="big" wide busy={busy} onClick={() => void agree()}>
        {t('preview.agree')}
      </Button>
    </Dialog>
  );
}
