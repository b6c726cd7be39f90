import { Clock3, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import css from './MessageRow.module.css';
import { PictureBody, UploadBody } from './PictureBody.tsx';
import { RichText } from './RichText.tsx';
import own from './UnsentRow.module.css';
import type { Unsent } from './unsent.ts';

export interface UnsentRowProps {
  readonly unsent: Unsent;
  readonly first: boolean;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

/** An own message before the server has it: grey sign while it waits, red with what to do when it was refused. */
export function UnsentRow({ unsent, first, onRetry, onDiscard }: UnsentRowProps) {
  const { t } = useTranslation();
  const { progress } = unsent;
  return (
    <article className={cx(css['row'], css['own'], first && css['first'])}>
      <div className={css['body']}>
        <div className={own['line']}>
          <Sign progress={progress} />
          <UnsentBody unsent={unsent} />
        </div>
        {progress.state === 'refused' && (
          <div className={own['refused']} role="alert">
            <span>{t(`fault.${progress.fault}`)}</span>
            <Button size="small" look="plain" onClick={onRetry}>
              {t('chat.retry')}
            </Button>
            <Button size="small" look="plain" onClick={onDiscard}>
              {t('chat.discard')}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

function UnsentBody({ unsent: { body, progress } }: { readonly unsent: Unsent }) {
  switch (body.kind) {
    case 'text':
      return (
        <div className={cx(css['bubble'], css['mine'])}>
          <RichText text={body.text} />
        </div>
      );
    case 'picture':
      return <PictureBody picture={body.picture} name="" onOpen={() => undefined} />;
    case 'upload':
      return <UploadBody {...body} busy={progress.state === 'sending'} />;
  }
}

function Sign({ progress }: { readonly progress: Unsent['progress'] }) {
  const { t } = useTranslation();
  switch (progress.state) {
    case 'sending':
    case 'sent':
      return (
        <LoaderCircle className={own['turning']} size={16} strokeWidth={2} role="img" aria-label={t('chat.sending')} />
      );
    case 'waiting':
      return <Clock3 className={own['quiet']} size={16} strokeWidth={2} role="img" aria-label={t('chat.waiting')} />;
    case 'refused':
      return (
        <TriangleAlert className={own['red']} size={20} strokeWidth={2} role="img" aria-label={t('chat.failed')} />
      );
  }
}
