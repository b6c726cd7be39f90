import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './IconButton.module.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'aria-label'> {
  /** Its accessible name, and its tip under a mouse. */
  readonly label: string;
  readonly look?: 'plain' | 'glass' | 'filled';
  readonly children: ReactNode;
}

/** A round button of 44 px with an icon and a name. */
export function IconButton({ label, look = 'plain', children, type, ...rest }: IconButtonProps) {
  return (
    <button type={type ?? 'button'} className={cx(css['round'], css[look])} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
