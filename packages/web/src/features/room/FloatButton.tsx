import { PictureInPicture } from 'lucide-react';
import { type RefObject, useSyncExternalStore } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { canFloat, float, isFloating, land, onFloat } from '../../media/floating.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';

/** The picture over other windows, for as long as its live is on this page. A screen floats before a face. */
export function FloatButton({ frame }: { readonly frame: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const say = useToast();
  const floating = useSyncExternalStore(
    (changed) => (frame.current ? onFloat(frame.current, changed) : () => undefined),
    () => isFloating(frame.current),
  );
  if (!canFloat()) return null;
  const toggle = async () => {
    const room = frame.current;
    if (!room) return;
    if (floating) return land(room);
    const video = room.querySelector<HTMLVideoElement>('[data-screen="shown"] video, [data-picture="shown"] > video');
    if (!video || !(await float(video))) say({ text: t('room.floatFailed'), look: 'problem' });
  };
  return (
    <IconButton look="glass" label={t('room.float')} aria-pressed={floating} onClick={() => void toggle()}>
      <PictureInPicture size={20} strokeWidth={1.75} />
    </IconButton>
  );
}
