import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { cx } from './cx.ts';
import css from './Menu.module.css';

export interface MenuEntry {
  readonly label: string;
  readonly icon: ReactNode;
  readonly danger?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  readonly label: string;
  /** Where it was asked for, in page pixels; the menu stays inside the page. */
  readonly x: number;
  readonly y: number;
  readonly entries: readonly MenuEntry[];
  /** Dismissed without a choice; a choice closes the menu by itself. */
  readonly onClose: () => void;
}

/** A small menu at a point. Arrow keys walk, Esc and a tap beside it close. */
export function Menu({ label, x, y, entries, onClose }: MenuProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [spot, setSpot] = useState({ left: x, top: y });
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (!dialog?.open) dialog?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  // Only what is open has a size.
  useLayoutEffect(() => {
    const { offsetWidth = 0, offsetHeight = 0 } = ref.current ?? {};
    setSpot({
      left: Math.max(8, Math.min(x, innerWidth - offsetWidth - 8)),
      top: y + offsetHeight + 8 > innerHeight ? Math.max(8, y - offsetHeight) : y,
    });
  }, [x, y]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes; the click is only the tap beside it
    <dialog
      ref={ref}
      className={css['menu']}
      style={spot}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div role="menu" tabIndex={-1} aria-label={label} className={css['entries']} onKeyDown={moveFocus}>
        {entries.map(({ label: name, icon, danger, run }) => (
          <button
            key={name}
            type="button"
            role="menuitem"
            className={cx(css['entry'], danger && css['danger'])}
            onClick={run}
          >
            {icon}
            {name}
          </button>
        ))}
      </div>
    </dialog>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  const at = items.findIndex((item) => item.matches(':focus'));
  items[(at + step + items.length) % items.length]?.focus();
}
