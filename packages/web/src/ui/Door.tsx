import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './Door.module.css';
import { Mark } from './Mark.tsx';

/** The page outside of the groups: signing in, the first link, an invite. One card, one act. */
export function Door({
  title,
  text,
  top,
  children,
}: {
  readonly title: string;
  readonly text?: ReactNode;
  readonly top?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className={css['door']}>
      <div className={css['card']}>
        <div className={css['top']}>{top ?? <Mark size={56} />}</div>
        <h1 className={css['title']}>{title}</h1>
        {text && <p className={css['text']}>{text}</p>}
        <div className={cx(css['body'])}>{children}</div>
      </div>
    </section>
  );
}
