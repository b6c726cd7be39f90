import { type RefObject, useEffect } from 'react';

/** Whether one box hides the other, but for a pixel of rounding. */
const hides = (over: DOMRect, under: DOMRect): boolean =>
  over.left <= under.left + 1 &&
  over.top <= under.top + 1 &&
  over.right >= under.right - 1 &&
  over.bottom >= under.bottom - 1;

/** What stands beside the element in the page, each with whether it is hidden by it. */
function besides(element: HTMLElement): readonly (readonly [HTMLElement, boolean])[] {
  const box = element.getBoundingClientRect();
  return [...(element.parentElement?.children ?? [])]
    .filter((other) => other instanceof HTMLElement)
    .filter((other) => other !== element)
    .map((other) => [other, hides(box, other.getBoundingClientRect())]);
}

/**
 * While the element covers what stands beside it in the page, keyboard and screen readers pass that by, and the
 * element has the focus first.
 */
export function useCovering(ref: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || !active) return;
    const silenced = new Set<HTMLElement>();
    const look = () => {
      for (const [other, hidden] of besides(element)) {
        if (hidden === silenced.has(other)) continue;
        other.inert = hidden;
        if (hidden) silenced.add(other);
        else silenced.delete(other);
      }
    };
    const before = document.activeElement;
    const size = new ResizeObserver(look);
    size.observe(element);
    // Growing into place is a movement: only its end covers everything.
    element.addEventListener('animationend', look);
    look();
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
    return () => {
      size.disconnect();
      element.removeEventListener('animationend', look);
      for (const other of silenced) other.inert = false;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [ref, active]);
}
