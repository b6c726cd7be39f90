import { type ReactNode, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import css from './Confirm.module.css';
import { Dialog } from './Dialog.tsx';

export interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** Says what happens, not "OK". */
  readonly act: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onAct: () => Promise<void>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks once, in words that say what happens. */
export function Confirm({ title, text, act, danger, disabled, onAct, onClose, children }: ConfirmProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await onAct();
    setBusy(false);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={css['text']}>{text}</p>
      {children}
      <div className={css['acts']}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button look={danger ? 'end' : 'main'} busy={busy} disabled={disabled ?? false} onClick={() => void run()}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
