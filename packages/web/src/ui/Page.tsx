import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTranslation } from '../i18n/index.ts';
import css from './Page.module.css';

export interface PageProps {
  readonly title: string;
  /** Where the arrow leads. */
  readonly back: string;
  readonly children: ReactNode;
}

/** A page of settings: a bar with the way back, sections under it. */
export function Page({ title, back, children }: PageProps) {
  const { t } = useTranslation();
  return (
    <section className={css['page']} aria-label={title}>
      <header className={css['bar']}>
        <Link href={back} className={css['back']} aria-label={t('app.back')}>
          <ChevronLeft size={24} strokeWidth={1.75} aria-hidden="true" />
        </Link>
        <h1>{title}</h1>
        <span />
      </header>
      <div className={css['body']}>
        <div className={css['column']}>{children}</div>
      </div>
    </section>
  );
}

/** One card of a page, with a quiet title over it. */
export function Section({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className={css['section']}>
      {title && <h2>{title}</h2>}
      <div className={css['card']}>{children}</div>
    </section>
  );
}

export interface ActRowProps {
  readonly label: string;
  readonly text?: string;
  readonly danger?: boolean;
  readonly onAct: () => void;
}

/** A whole line of a section that does something. */
export function ActRow({ label, text, danger, onAct }: ActRowProps) {
  return (
    <button type="button" className={danger ? css['danger'] : css['act']} onClick={onAct}>
      {label}
      {text && <small>{text}</small>}
    </button>
  );
}
