import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from '../i18n/index.ts';
import css from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** `sheet` rises from the bottom on a phone; on wide screens both stand in the middle. */
  readonly look?: 'dialog' | 'sheet';
  readonly children: ReactNode;
}

/** What opens over the page: traps focus, closes by Esc, the cross, or a tap beside it, and gives focus back. */
export function Dialog({ title, onClose, look = 'dialog', children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  /** A selection that begins inside and ends beside is no tap beside. */
  const beside = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (!dialog?.open) dialog?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself closes by Esc; the click is only the tap beside it
    <dialog
      ref={ref}
      className={css[look]}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        beside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        if (beside.current && event.target === event.currentTarget) onClose();
      }}
    >
      <div className={css['inside']}>
        <header className={css['head']}>
          <h2 id={titleId}>{title}</h2>
          <CloseButton onClose={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

function CloseButton({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <IconButton label={t('app.close')} onClick={onClose}>
      <X size={20} strokeWidth={1.75} />
    </IconButton>
  );
}
