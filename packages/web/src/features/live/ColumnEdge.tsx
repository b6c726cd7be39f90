import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import css from './StageFrame.module.css';

const step = 24;

export interface ColumnEdgeProps {
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly onWidth: (width: number) => void;
}

/** The edge between chat and live: drag it, or move it by the arrow keys. */
export function ColumnEdge({ width, min, max, onWidth }: ColumnEdgeProps) {
  const { t } = useTranslation();
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onWidth(innerWidth - event.clientX);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') onWidth(width + step);
    if (event.key === 'ArrowRight') onWidth(width - step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged
    <div
      className={css['edge']}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('room.resize')}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
