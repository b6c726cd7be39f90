import { colourOf, type UserId } from '@groupcast/protocol';
import { Heart } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import css from './Hearts.module.css';
import { HeartField } from './heartField.ts';
import type { RoomSession } from './session.ts';

/** The canvas on which everybody's hearts fly, and the person's own taps on it. */
export function useHearts(
  session: RoomSession,
  me: UserId,
): { canvas: (element: HTMLCanvasElement | null) => void; like: () => void } {
  const [element, setElement] = useState<HTMLCanvasElement | null>(null);
  const field = useRef<HeartField>(null);
  const own = colourOf(me);
  useEffect(() => {
    if (!element) return;
    const hearts = new HeartField(element);
    field.current = hearts;
    const stop = session.onHearts((flown) => hearts.fly(flown, own));
    return () => {
      stop();
      hearts.close();
      field.current = null;
    };
  }, [element, session, own]);
  const like = () => {
    session.like();
    field.current?.tap(own);
  };
  return { canvas: setElement, like };
}

export function HeartCanvas({ canvas }: { readonly canvas: (element: HTMLCanvasElement | null) => void }) {
  return <canvas ref={canvas} className={css['hearts']} />;
}

export function LikeButton({ onLike }: { readonly onLike: () => void }) {
  const { t } = useTranslation();
  return (
    <IconButton look="glass" label={t('room.like')} onClick={onLike}>
      <Heart size={22} fill="currentColor" strokeWidth={0} />
    </IconButton>
  );
}
