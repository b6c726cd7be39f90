export interface StillWatch {
  /** Whether somebody can see it: what nobody sees is not asked for. */
  seen(visible: boolean): void;
  stop(): void;
}

/**
 * Asks for a still now and then while it is seen, and tells the address of its newest picture in this page, or undefined
 * when there is none. Many who look at the same card must not ask in the same moment.
 */
export function watchStill(address: string, everyMs: number, tell: (picture: string | undefined) => void): StillWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: { readonly tag: string; readonly url: string } | undefined;
  let visible = false;
  let over = false;
  let asking = false;

  function show(next: { readonly tag: string; readonly url: string } | undefined): void {
    if (shown) URL.revokeObjectURL(shown.url);
    shown = next;
    tell(next?.url);
  }

  async function ask(): Promise<void> {
    const reply = await fetch(address, { cache: 'no-cache' });
    const tag = reply.headers.get('etag') ?? '';
    if (!reply.ok || tag === shown?.tag) {
      if (reply.status === 404 && !over && shown) show(undefined);
      return;
    }
    const url = URL.createObjectURL(await reply.blob());
    if (over) URL.revokeObjectURL(url);
    else show({ tag, url });
  }

  /** One question at a time, also for who scrolls away and back while one is under way. */
  function next(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      asking = true;
      // What fails now is asked for again.
      void ask()
        .catch(() => undefined)
        .finally(() => {
          asking = false;
          if (visible && !over) next(everyMs * (0.75 + Math.random() / 2));
        });
    }, ms);
  }

  return {
    seen(now) {
      if (now === visible) return;
      visible = now;
      if (!now) clearTimeout(timer);
      else if (!asking) next(Math.random() * 300);
    },
    stop() {
      over = true;
      clearTimeout(timer);
      if (shown) URL.revokeObjectURL(shown.url);
    },
  };
}
