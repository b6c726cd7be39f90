import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState, type WheelEvent } from 'react';
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
  /** To be put on the list. */
  readonly hands: {
    readonly onScroll: () => void;
    readonly onScrollEnd: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onWheel: (event: WheelEvent) => void;
    readonly onTouchMove: () => void;
  };
  readonly toEnd: () => void;
}

/** With these keys held, keys and wheel do other things than to scroll. */
const isModified = ({ ctrlKey, altKey, metaKey }: KeyboardEvent | WheelEvent): boolean => ctrlKey || altKey || metaKey;

const keysBack: ReadonlySet<string> = new Set(['PageUp', 'ArrowUp', 'Home']);

/**
 * Follows a reader through a list that is laid out backwards: `scrollTop` is 0 at the end and falls towards the front.
 * Only lines near the reader are drawn, and what goes away below a reader moves nothing on the screen.
 */
export function useReading(feed: TalkFeed, talking: Talking): Reading {
  const list = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState(rowsAtEnd);
  const places = useRef<readonly Place[]>([]);
  const arriving = useRef(false);
  const leaving = useRef(false);
  /** The scroll that led to the end has not said yet that it is over: its word is not about what began since. */
  const late = useRef(false);
  const { reading, lines } = talking;

  const hold = (element: HTMLElement) => {
    feed.hold();
    places.current = placesIn(element);
  };

  // Held from the key on and not from the first scroll: lines that change under a scroll that is just beginning end it.
  const leave = () => {
    const element = list.current;
    const scrolls = element !== null && !reading && element.scrollHeight > element.clientHeight;
    late.current = scrolls && arriving.current;
    arriving.current = false;
    if (!scrolls) return;
    leaving.current = true;
    hold(element);
  };

  const onScroll = () => {
    const element = list.current;
    if (!element) return;
    if (element.scrollTop > -nearEndPx) {
      if (leaving.current) return;
      arriving.current ||= reading;
      feed.follow();
      return;
    }
    // The tail of the scroll that led to the end, drawn after the list was put there: no hand has moved it.
    if (arriving.current) return;
    leaving.current = false;
    late.current = false;
    hold(element);
    const front = element.scrollHeight - element.clientHeight + element.scrollTop;
    if (front < nearFrontPx) setDrawn((rows) => (rows < lines.length ? rows + rowsMore : rows));
  };

  // The scroll that led to the end may stop a pixel short of it, and from there the list would not follow.
  const onScrollEnd = () => {
    if (late.current) {
      late.current = false;
      return;
    }
    if (arriving.current && list.current) list.current.scrollTop = 0;
    arriving.current = leaving.current;
    if (!leaving.current) return;
    leaving.current = false;
    feed.follow();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (keysBack.has(event.key) && !isModified(event)) leave();
  };
  const onWheel = (event: WheelEvent) => {
    if (event.deltaY < 0 && !isModified(event)) leave();
  };
  const onTouchMove = () => {
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

  return { list, drawn, hands: { onScroll, onScrollEnd, onKeyDown, onWheel, onTouchMove }, toEnd: () => feed.follow() };
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
