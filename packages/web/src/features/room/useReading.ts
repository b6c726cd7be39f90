import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { TalkFeed, Talking } from './talkFeed.ts';

/** So near to the end counts as being there. */
const nearEndPx = 24;
/** So near to the front of what is drawn draws more. */
const nearFrontPx = 1_000;
const rowsMore = 24;

/** Enough for the tallest list, which is 42 % of the window, and some to scroll into. */
const rowsAtEnd = (): number => Math.max(16, Math.ceil(innerHeight / 50));

interface Reading {
  readonly list: RefObject<HTMLDivElement | null>;
  /** How many of the newest lines are to be drawn. */
  readonly drawn: number;
  readonly onScroll: () => void;
  readonly onScrollEnd: () => void;
  readonly toEnd: () => void;
}

/**
 * Follows a reader through a list that is laid out backwards: `scrollTop` is 0 at the end and falls towards the front.
 * Only lines near the reader are drawn, and what goes away below a reader moves nothing on the screen.
 */
export function useReading(feed: TalkFeed, talking: Talking): Reading {
  const list = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(rowsAtEnd);
  const places = useRef<readonly Place[]>([]);
  const arriving = useRef(false);
  const { reading, lines } = talking;

  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    if (element.scrollTop > -nearEndPx) {
      arriving.current ||= reading;
      feed.follow();
      return;
    }
    arriving.current = false;
    feed.hold();
    places.current = placesIn(element);
    const front = element.scrollHeight - element.clientHeight + element.scrollTop;
    if (front < nearFrontPx) setDrawn((rows) => (rows < lines.length ? rows + rowsMore : rows));
  };

  // The scroll that led to the end may stop a pixel short of it, and from there the list would not follow.
  const onScrollEnd = () => {
    if (arriving.current && list.current) list.current.scrollTop = 0;
    arriving.current = false;
  };

  useLayoutEffect(() => {
    if (reading) return;
    setDrawn(rowsAtEnd());
    if (list.current) list.current.scrollTop = 0;
  }, [reading]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines may stand elsewhere
  useLayoutEffect(() => {
    if (!reading || !list.current) return;
    keepPlace(list.current, places.current);
    places.current = placesIn(list.current);
  }, [reading, lines]);

  return { list, drawn, onScroll, onScrollEnd, toEnd: () => feed.follow() };
}

interface Place {
  readonly row: Element;
  /** How far above the end of the list it begins: scrolling does not change that, only what comes and goes below it. */
  readonly above: number;
}

/** The rows on the screen and where they stand. */
function placesIn(list: HTMLElement): readonly Place[] {
  const frame = list.getBoundingClientRect();
  const rows = [...(list.firstElementChild?.children ?? [])];
  return rows
    .filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > frame.top && box.top < frame.bottom;
    })
    .map((row) => ({ row, above: aboveEnd(list, row) }));
}

function aboveEnd(list: HTMLElement, row: Element): number {
  const end = list.firstElementChild?.getBoundingClientRect().bottom ?? 0;
  return end - row.getBoundingClientRect().top;
}

/** Scrolls by what has changed below the first row on the screen that is still there. */
function keepPlace(list: HTMLElement, places: readonly Place[]): void {
  const place = places.find(({ row }) => row.isConnected);
  if (!place) return;
  const moved = aboveEnd(list, place.row) - place.above;
  if (moved !== 0) list.scrollTop -= moved;
}
