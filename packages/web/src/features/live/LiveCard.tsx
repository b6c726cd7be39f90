import type { Card, Group, Message } from '@groupcast/protocol';
import { Eye, Headphones, Heart, MessageCircle, WifiOff } from 'lucide-react';
import { useLocation } from 'wouter';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { shortNumber } from '../../ui/format.ts';
import { Pill } from '../../ui/Pill.tsx';
import { Poster } from '../../ui/Poster.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { Still } from '../stills/index.ts';
import { useGroupLives, useLives } from './context.tsx';
import css from './LiveCard.module.css';
import { type CardView, cardView } from './model.ts';
import { summaryPath } from './paths.ts';
import { spellDuration } from './spell.ts';
import { useOpenLive } from './useOpenLive.ts';
import { useWarm } from './warm.ts';

/** A live in the chat: what it is now, and the way in. All states have the same size, so the chat does not jump. */
export function LiveCard({
  group,
  card,
  message,
}: {
  readonly group: Group;
  readonly card: Card;
  readonly message: Message;
}) {
  const { t } = useTranslation();
  const { me } = useLives();
  const view = cardView(card, useGroupLives(group.id), me.id);
  const watchable = view.state === 'live' || view.state === 'interrupted';
  useWarm(watchable && message.by.id !== me.id ? [card.live] : []);
  return (
    <article className={css['card']} aria-label={t('live.card', { name: message.by.name, topic: card.topic })}>
      <div className={css['picture']}>
        <Poster person={message.by} size={64} grey={view.state === 'ended'} />
        {watchable && !card.audioOnly && <Still live={card.live} />}
        <span className={css['sign']}>
          <StateSign view={view} />
        </span>
        {(view.state === 'live' || view.state === 'interrupted') && (
          <span className={css['viewers']}>
            <Viewers count={view.viewers} />
          </span>
        )}
        {card.audioOnly && view.state !== 'ended' && (
          <span className={css['audio']}>
            <Headphones size={16} strokeWidth={1.75} aria-label={t('live.audioOnly')} />
          </span>
        )}
      </div>
      <div className={css['body']}>
        <p className={css['topic']}>{card.topic}</p>
        <div className={css['row']}>
          <Foot group={group} card={card} message={message} view={view} />
        </div>
      </div>
    </article>
  );
}

function StateSign({ view }: { readonly view: CardView }) {
  const { t } = useTranslation();
  switch (view.state) {
    case 'live':
      return (
        <Pill look="live" dot>
          {t('live.live')}
        </Pill>
      );
    case 'interrupted':
      return (
        <Pill look="warn">
          <WifiOff size={14} strokeWidth={2} />
          {t('live.interrupted')}
        </Pill>
      );
    case 'ended':
      return <Pill look="glass">{`${t('live.ended')} · ${spellDuration(view.result.durationMs, t)}`}</Pill>;
    case 'waiting':
      return <Pill look="glass">{t('live.waiting')}</Pill>;
  }
}

function Viewers({ count }: { readonly count: number }) {
  const { t, language } = useTranslation();
  return (
    <Pill look="glass">
      <Eye size={16} strokeWidth={1.75} />
      <span title={t('live.viewers', { count })}>{shortNumber(count, language)}</span>
    </Pill>
  );
}

interface FootProps {
  readonly group: Group;
  readonly card: Card;
  readonly message: Message;
  readonly view: CardView;
}

function Foot({ group, card, message, view }: FootProps) {
  const { t } = useTranslation();
  const { me, desk } = useLives();
  const openLive = useOpenLive();
  const stage = useReadable(desk.stage);
  if (view.state === 'ended') return <Result group={group} card={card} view={view} mine={message.by.id === me.id} />;
  const here = (stage.state === 'room' || stage.state === 'onAir') && stage.live === card.live;
  const open = () => openLive(group.id, card.live, message.by.id);
  return (
    <>
      <span className={css['host']}>
        {view.state !== 'waiting' && view.own ? t('live.youAreLive') : t('live.hostSays', { name: message.by.name })}
      </span>
      {view.state !== 'waiting' && (
        <button type="button" className={cx(css['watch'], css['whole'], here && css['quiet'])} onClick={open}>
          {wordsFor(view.own, here, t)}
        </button>
      )}
    </>
  );
}

/** What the button of a running live says. */
function wordsFor(own: boolean, here: boolean, t: Translate): string {
  if (own) return t(here ? 'host.onAir' : 'live.continueHere');
  return t(here ? 'live.watching' : 'live.watch');
}

interface ResultProps {
  readonly group: Group;
  readonly card: Card;
  readonly view: Extract<CardView, { state: 'ended' }>;
  readonly mine: boolean;
}

function Result({ group, card, view, mine }: ResultProps) {
  const { t, language } = useTranslation();
  const [, go] = useLocation();
  const { viewers, comments, likes } = view.result;
  const short = (value: number) => shortNumber(value, language);
  return (
    <>
      <span className={css['number']} title={t('live.viewers', { count: viewers })}>
        <Eye size={16} strokeWidth={1.75} aria-hidden="true" />
        {short(viewers)}
      </span>
      <span className={css['number']} title={t('live.comments', { count: comments })}>
        <MessageCircle size={16} strokeWidth={1.75} aria-hidden="true" />
        {short(comments)}
      </span>
      <span className={css['number']} title={t('live.likes', { count: likes })}>
        <Heart size={16} strokeWidth={1.75} aria-hidden="true" />
        {short(likes)}
      </span>
      {(mine || group.role !== 'member') && (
        <button
          type="button"
          className={cx(css['more'], css['whole'])}
          aria-label={t('live.summary')}
          onClick={() => go(summaryPath(group.id, card.live))}
        />
      )}
    </>
  );
}
