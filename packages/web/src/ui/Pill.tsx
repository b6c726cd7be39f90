import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './Pill.module.css';

export interface PillProps {
  readonly look: 'live' | 'warn' | 'glass' | 'unread' | 'quiet';
  readonly small?: boolean;
  readonly dot?: boolean;
  readonly children: ReactNode;
}

/** A small rounded sign: live, a number, a state. */
export function Pill({ look, small, dot, children }: PillProps) {
  return (
    <span className={cx(css['pill'], css[look], small && css['small'])}>
      {dot && <span className={css['dot']} />}
      {children}
    </span>
  );
}
