import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { ColumnEdge } from './ColumnEdge.tsx';
import { FillContext } from './fill.ts';
import css from './StageFrame.module.css';
import { useCorner } from './useCorner.ts';
import { useCovering } from './useCovering.ts';

const widthKey = 'groupcast.liveWidth';
const widths = { min: 360, max: 720, normal: 440 } as const;
const keptWidth = (): number => Number(localStorage.getItem(widthKey)) || widths.normal;

/** Where the live stands on the page. The element stays the same in every view, so the picture never starts anew. */
export function StageFrame({
  view,
  children,
}: {
  readonly view: 'open' | 'small' | 'bare';
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  const [filled, setFilled] = useState(false);
  const [width, setWidth] = useState(keptWidth);
  const corner = useCorner(frame, view === 'small');
  const beside = view === 'open' && !filled;
  useCovering(frame, view === 'open');

  useEffect(() => {
    if (!beside) return;
    const { style } = document.documentElement;
    style.setProperty('--live-width', `min(${width}px, 100vw - 660px)`);
    return () => {
      style.removeProperty('--live-width');
    };
  }, [beside, width]);

  const resize = (next: number) => {
    const bounded = Math.round(Math.min(widths.max, Math.max(widths.min, next)));
    setWidth(bounded);
    localStorage.setItem(widthKey, String(bounded));
  };
  return (
    <section
      ref={frame}
      className={cx(
        css['frame'],
        css[view],
        view === 'open' && filled && css['filled'],
        view === 'small' && css[corner],
      )}
      aria-label={t('live.stage')}
      tabIndex={-1}
    >
      <FillContext value={{ filled, setFilled }}>{children}</FillContext>
      {beside && <ColumnEdge width={width} min={widths.min} max={widths.max} onWidth={resize} />}
    </section>
  );
}
