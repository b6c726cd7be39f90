import type { Group, Message } from '@groupcast/protocol';
import type { MouseEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { LiveCard } from '../live/index.ts';
import { AskCard } from '../starting/index.ts';
import css from './MessageRow.module.css';
import { PictureBody } from './PictureBody.tsx';
import { RichText } from './RichText.tsx';

/** Where a menu opens, in page pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface MessageRowProps {
  readonly group: Group;
  readonly message: Message;
  readonly own: boolean;
  /** The first of a run shows face and name. */
  readonly first: boolean;
  /** Opens a menu; false when there is nothing to be done with this message. */
  readonly onMenu: (message: Message, spot: Spot) => boolean;
  readonly onPicture: (message: Message) => void;
}

/** One message: face and name at the first of a run, then what was said. */
export function MessageRow({ group, message, own, first, onMenu, onPicture }: MessageRowProps) {
  const press = useLongPress((spot) => onMenu(message, spot));
  return (
    <article
      className={cx(css['row'], own && css['own'], first && css['first'])}
      tabIndex={-1}
      data-seq={message.seq}
      aria-label={message.by.name}
    >
      <span className={css['face']}>{first && <Face person={message.by} size={36} />}</span>
      <div className={css['body']}>
        {first && !own && <span className={css['name']}>{message.by.name}</span>}
        <div className={css['said']} data-said="" {...press}>
          <Body group={group} message={message} own={own} onPicture={onPicture} />
        </div>
      </div>
    </article>
  );
}

/** One to three emoji and nothing else are shown large, without a bubble. */
const onlyEmoji =
  /^(?:(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*)\s?){1,3}$/u;

function Body({ group, message, own, onPicture }: Pick<MessageRowProps, 'group' | 'message' | 'own' | 'onPicture'>) {
  const { body } = message;
  switch (body.kind) {
    case 'text':
      return (
        <div className={onlyEmoji.test(body.text) ? css['emoji'] : cx(css['bubble'], own && css['mine'])}>
          <RichText text={body.text} />
        </div>
      );
    case 'picture':
      return <PictureBody picture={body.picture} name={message.by.name} onOpen={() => onPicture(message)} />;
    case 'card':
      return <LiveCard group={group} card={body.card} message={message} />;
    case 'ask':
      return <AskCard group={group} message={message} ask={body.ask} />;
    case 'notice':
    case 'recalled':
    case 'deleted':
      return null;
  }
}

const longPressMs = 450;
const slipPx = 10;

/** Right click, the menu key, or a finger held still. */
function useLongPress(open: (spot: Spot) => boolean) {
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; at: Spot }>(undefined);
  const letGo = () => clearTimeout(held.current?.timer);
  return {
    onContextMenu: (event: MouseEvent) => {
      // Links keep the browser's own menu.
      if (event.target instanceof Element && event.target.closest('a')) return;
      letGo();
      if (open({ x: event.clientX, y: event.clientY })) event.preventDefault();
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return;
      const at = { x: event.clientX, y: event.clientY };
      held.current = { at, timer: setTimeout(() => open(at), longPressMs) };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const at = held.current?.at;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > slipPx) letGo();
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
}
