import { type Message, picturePath } from '@groupcast/protocol';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import css from './Viewer.module.css';

export interface ViewerProps {
  /** All pictures of the chat, oldest first. */
  readonly pictures: readonly Message[];
  readonly first: number;
  readonly onClose: () => void;
}

/** One picture on the whole screen; arrow keys and swipes go to the neighbours. */
export function Viewer({ pictures, first, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const touch = useRef(0);
  const [seq, setSeq] = useState(first);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog?.open) dialog?.showModal();
  }, []);
  const at = pictures.findIndex((message) => message.seq === seq);
  const shown = pictures[at];
  const go = (step: 1 | -1) => {
    const next = pictures[at + step];
    if (next) setSeq(next.seq);
  };
  if (shown?.body.kind !== 'picture') return null;
  const { picture } = shown.body;
  return (
    <dialog
      ref={ref}
      className={css['viewer']}
      aria-label={t('chat.picture', { name: shown.by.name })}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') go(-1);
        if (key === 'ArrowRight') go(1);
      }}
      onTouchStart={({ touches }) => {
        touch.current = touches[0]?.clientX ?? 0;
      }}
      onTouchEnd={({ changedTouches }) => {
        const moved = (changedTouches[0]?.clientX ?? touch.current) - touch.current;
        if (Math.abs(moved) > 60) go(moved > 0 ? -1 : 1);
      }}
    >
      <button type="button" className={css['stage']} aria-label={t('app.close')} onClick={onClose}>
        <img
          key={picture.id}
          src={picturePath(picture.id, 'full')}
          width={picture.width}
          height={picture.height}
          alt={t('chat.picture', { name: shown.by.name })}
        />
      </button>
      <div className={css['close']}>
        <IconButton label={t('app.close')} look="glass" onClick={onClose}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
      {at > 0 && (
        <div className={css['before']}>
          <IconButton label={t('chat.previous')} look="glass" onClick={() => go(-1)}>
            <ChevronLeft size={22} strokeWidth={1.75} />
          </IconButton>
        </div>
      )}
      {at < pictures.length - 1 && (
        <div className={css['after']}>
          <IconButton label={t('chat.next')} look="glass" onClick={() => go(1)}>
            <ChevronRight size={22} strokeWidth={1.75} />
          </IconButton>
        </div>
      )}
    </dialog>
  );
}
