import { useTranslation } from '../../i18n/index.ts';
import { Pill } from '../../ui/Pill.tsx';
import css from './Scene.module.css';

/** What the place is for, in one picture: a live in a chat. Decoration; the words beside it say the same. */
export function Scene() {
  const { t } = useTranslation();
  return (
    <div className={css['scene']} aria-hidden="true">
      <div className={css['card']}>
        <div className={css['still']}>
          <Board />
          <span className={css['sign']}>
            <Pill look="live" dot>
              {t('start.sceneLive')}
            </Pill>
          </span>
        </div>
        <p className={css['topic']}>{t('start.sceneTopic')}</p>
        <p className={css['host']}>{t('start.sceneHost')}</p>
      </div>
      <span className={css['mine']}>{t('start.sceneAnswer')}</span>
      <span className={css['theirs']}>{t('start.sceneAsk')}</span>
    </div>
  );
}

function Board() {
  return (
    <svg viewBox="0 0 264 148" className={css['board']} aria-hidden="true">
      <circle cx="166" cy="60" r="34" className={css['chalk']} />
      <path d="M166 60 236 34M236 34 182 90M166 60l16 30" className={css['chalk']} />
      <path d="M236 34 182 90" className={css['warm']} />
      <path d="M176.500 84.500l5-5 5 5" className={css['chalk']} />
      <circle cx="166" cy="60" r="2.500" className={css['point']} />
      <path d="M40 148c2-30 18-44 48-44s46 14 48 44Z" className={css['shirt']} />
      <path d="M76 92h24v14c0 7-5 11-12 11s-12-4-12-11Z" className={css['neck']} />
      <path d="M56 112c-4-50 6-76 32-76s36 26 32 76c-8 3-12 0-14-6H70c-2 6-6 9-14 6Z" className={css['hair']} />
      <ellipse cx="88" cy="76" rx="21" ry="26" className={css['skin']} />
      <path d="M66 72c2-20 10-28 22-28s20 8 22 28c-4-10-10-14-16-16-6 8-18 10-28 16Z" className={css['hair']} />
      <path d="M80 90q8 6 16 0" className={css['mouth']} />
      <path d="M70 76h14v2a7 7 0 0 1-14 0ZM92 76h14v2a7 7 0 0 1-14 0ZM84 77h8" className={css['glasses']} />
    </svg>
  );
}
