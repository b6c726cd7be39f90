import { type RefObject, useEffect, useState } from 'react';

/** Whether the element is passed by because something covers it. */
export function useInert(ref: RefObject<HTMLElement | null>): boolean {
  const [inert, setInert] = useState(false);
  useEffect(() => {
    const look = () => setInert(Boolean(ref.current?.closest('[inert]')));
    const watch = new MutationObserver(look);
    watch.observe(document.body, { attributes: true, attributeFilter: ['inert'], subtree: true });
    look();
    return () => watch.disconnect();
  }, [ref]);
  return inert;
}
