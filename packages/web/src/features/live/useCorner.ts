import { type RefObject, useEffect, useState } from 'react';

export type Corner = 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';

/** Less than this is a tap. */
const dragFrom = 6;

/** The corner that a point of the window belongs to. */
const cornerOf = (x: number, y: number, width: number, height: number): Corner =>
  y < height / 2 ? (x < width / 2 ? 'topLeft' : 'topRight') : x < width / 2 ? 'bottomLeft' : 'bottomRight';

/** Lets the element be dragged from corner to corner while `active`; a drag is no tap on what lies in it. */
export function useCorner(ref: RefObject<HTMLElement | null>, active: boolean): Corner {
  const [corner, setCorner] = useState<Corner>('bottomRight');
  useEffect(() => {
    const element = ref.current;
    if (!active || !element) return;
    const ending = new AbortController();
    const { signal } = ending;
    let from: { x: number; y: number } | undefined;
    let dragged = false;
    const move = (event: PointerEvent) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!dragged && Math.hypot(dx, dy) < dragFrom) return;
      dragged = true;
      element.style.translate = `${dx}px ${dy}px`;
    };
    const drop = () => {
      if (from && dragged) {
        const box = element.getBoundingClientRect();
        setCorner(cornerOf(box.x + box.width / 2, box.y + box.height / 2, innerWidth, innerHeight));
      }
      from = undefined;
      element.style.translate = '';
    };
    element.addEventListener(
      'pointerdown',
      (event) => {
        from = { x: event.clientX, y: event.clientY };
        dragged = false;
      },
      { signal },
    );
    addEventListener('pointermove', move, { signal });
    addEventListener('pointerup', drop, { signal });
    addEventListener('pointercancel', drop, { signal });
    element.addEventListener(
      'click',
      (event) => {
        if (!dragged) return;
        event.preventDefault();
        event.stopPropagation();
        dragged = false;
      },
      { signal, capture: true },
    );
    return () => {
      ending.abort();
      element.style.translate = '';
    };
  }, [ref, active]);
  return corner;
}
