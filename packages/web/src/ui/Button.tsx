import type { ButtonHTMLAttributes, ReactNode } from 'react';
import css from './Button.module.css';
import { cx } from './cx.ts';

type Look = 'main' | 'soft' | 'quiet' | 'plain' | 'end';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly look?: Look;
  readonly size?: 'small' | 'normal' | 'big';
  readonly wide?: boolean;
  /** Something is under way: the button waits and says so to screen readers. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** The one button with words. */
export function Button({
  look = 'quiet',
  size = 'normal',
  wide,
  busy,
  children,
  type,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cx(css['button'], css[look], css[size], wide && css['wide'], busy && css['busy'])}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {children}
    </button>
  );
}
