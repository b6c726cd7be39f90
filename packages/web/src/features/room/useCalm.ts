import { type RefObject, useEffect, useState } from 'react';

const calmAfterMs = 5_000;

/**
 * Whether nobody has touched the element for a while and no field in it has the focus: then its header steps back from
 * the picture. A tap on the header while it cannot be seen only brings it back; whatever can be seen is hit at once.
 */
export function useCalm(ref: RefObject<HTMLElement | null>, wanted: boolean): boolean {
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || !wanted) return;
    const ending = new AbortController();
    const { signal } = ending;
    let timer: ReturnType<typeof setTimeout>;
    let asleep = false;
    let swallow = false;
    const rest = () => {
      const typing =
        element.contains(document.activeElement) && document.activeElement?.matches('input, :focus-visible');
      if (typing) wait();
      else {
        asleep = true;
        setCalm(true);
      }
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(rest, calmAfterMs);
    };
    const wake = () => {
      asleep = false;
      setCalm(false);
      wait();
    };
    const onDown = (event: PointerEvent) => {
      const { target } = event;
      const unseen = target instanceof Element && target.closest('header') !== null;
      swallow = asleep && unseen && event.pointerType === 'touch';
      wake();
    };
    const onClick = (event: MouseEvent) => {
      if (!swallow) return;
      swallow = false;
      event.preventDefault();
      event.stopPropagation();
    };
    wait();
    element.addEventListener('pointerdown', onDown, { signal, capture: true });
    element.addEventListener('click', onClick, { signal, capture: true });
    for (const type of ['pointermove', 'keydown', 'focusin']) element.addEventListener(type, wake, { signal });
    return () => {
      ending.abort();
      clearTimeout(timer);
      setCalm(false);
    };
  }, [ref, wanted]);
  return calm;
}
