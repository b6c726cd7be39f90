import type { UserId } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import css from './Comments.module.css';
import type { Unsent } from './outbox.ts';

export interface UnsentLineProps {
  readonly one: Unsent;
  readonly me: { readonly id: UserId; readonly name: string };
  readonly onRetry: (clientId: Unsent['clientId']) => void;
  readonly onDiscard: (clientId: Unsent['clientId']) => void;
}

/** An own comment on its way: grey until it is stored, red with the reason and a way out when it was refused. */
export function UnsentLine({ one, me, onRetry, onDiscard }: UnsentLineProps) {
  const { t } = useTranslation();
  return (
    <div className={cx(css['comment'], css[one.state])} aria-busy={one.state === 'sending'}>
      <Face person={me} size={28} />
      <div className={css['said']}>
        <span className={css['name']}>{me.name}</span>
        {one.text}
        {one.state === 'refused' && (
          <span className={css['problem']} role="alert">
            {t(`fault.${one.fault}`)}
            <span className={css['acts']}>
              <button type="button" onClick={() => onRetry(one.clientId)}>
                {t('room.retry')}
              </button>
              <button type="button" onClick={() => onDiscard(one.clientId)}>
                {t('room.discard')}
              </button>
            </span>
          </span>
        )}
      </div>
    </div>
  );
}
