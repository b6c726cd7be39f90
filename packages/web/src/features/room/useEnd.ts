import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearEnd = 24;

/**
 * Keeps a list at its end while the reader is there. `seq` is the newest comment: who has scrolled up is told how many
 * have come since.
 */
export function useEnd(seq: number): { list: RefObject<HTMLDivElement | null>; unseen: number; toEnd: () => void } {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [leftAt, setLeftAt] = useState<number>();
  const newest = useRef(seq);
  newest.current = seq;

  const toEnd = () => {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setLeftAt(undefined);
  };

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onScroll = () => {
      const now = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
      if (now === atEnd.current) return;
      atEnd.current = now;
      setLeftAt(now ? undefined : newest.current);
    };
    const size = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    size.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      size.disconnect();
    };
  }, []);

  // After every drawing: a refused comment grows by its reason without another line.
  useLayoutEffect(() => {
    if (atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  });

  return { list, unseen: leftAt === undefined ? 0 : Math.max(0, seq - leftAt), toEnd };
}
