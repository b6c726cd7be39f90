import { Component, type ReactNode } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Door } from '../ui/Door.tsx';

/** A screen that broke says so and offers to load again; React asks for a class here. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <Door title={t('app.crashTitle')} text={t('app.crashText')}>
      <Button look="main" wide onClick={() => location.reload()}>
        {t('app.reload')}
      </Button>
    </Door>
  );
}
