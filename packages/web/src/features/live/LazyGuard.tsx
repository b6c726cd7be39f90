import { Component, type ReactNode } from 'react';
import css from './LazyGuard.module.css';

interface LazyGuardProps {
  readonly text: string;
  readonly again: string;
  readonly children: ReactNode;
}

/** Catches what a chunk throws, when it cannot be loaded or breaks: the chat goes on, and one may try again. */
export class LazyGuard extends Component<LazyGuardProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    const { text, again, children } = this.props;
    if (!this.state.broken) return children;
    return (
      <div className={css['broken']} role="alert">
        <p>{text}</p>
        {/* A module that failed to load stays failed in this page; only a new page asks for it again. */}
        <button type="button" onClick={() => location.reload()}>
          {again}
        </button>
      </div>
    );
  }
}
