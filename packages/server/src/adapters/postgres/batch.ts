import { inHalves, type Refusal, type Result, refuse } from '../../features/core/index.ts';

export interface BatcherOptions<Item, Out> {
  /** Does all items in one go; answers one result for each, in order. */
  run(items: readonly Item[]): Promise<readonly Result<Out>[]>;
  /** How long a batch waits for company. Ten milliseconds make every later answer faster than none do. */
  readonly lingerMs: number;
  /** Items in one batch. */
  readonly max: number;
  /** Items that may wait; over it the newcomer is told to come back. */
  readonly bound: number;
  /** Whether a failure may be the fault of single items, so that it is worth trying them apart. */
  splits?(error: unknown): boolean;
}

export interface Batcher<Item, Out> {
  add(item: Item): Promise<Result<Out>>;
  /** Takes no more, and resolves when what was taken is done. */
  close(): Promise<void>;
}

interface Waiting<Item, Out> {
  readonly item: Item;
  readonly resolve: (result: Result<Out>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: one run at a time, and while it runs the next batch gathers. A batch that fails is halved until what is
 * bad stands alone, so that it fails nobody else.
 */
export function createBatcher<Item, Out>(options: BatcherOptions<Item, Out>): Batcher<Item, Out> {
  const { run, lingerMs, max, bound, splits = () => true } = options;
  const waiting: Waiting<Item, Out>[] = [];
  let working: Promise<void> | null = null;
  let closed = false;
  // What one batch took the last time, to tell a newcomer over the bound how long the queue is.
  let tookMs = lingerMs;

  function tooMany(): Refusal {
    const batchesAhead = Math.ceil(waiting.length / max);
    return refuse('busy', Math.min(5_000, Math.max(100, Math.ceil(batchesAhead * tookMs))));
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      if (!closed && waiting.length < max) await pause(lingerMs);
      const from = performance.now();
      await settle(waiting.splice(0, max));
      tookMs = performance.now() - from;
    }
  }

  const settle = (batch: readonly Waiting<Item, Out>[]): Promise<void> =>
    inHalves(batch, {
      splits,
      async run(some) {
        const results = await run(some.map(({ item }) => item));
        for (const [index, one] of some.entries()) answer(one, results[index]);
      },
      failed(some, error, alone) {
        // Who waits behind a batch that nobody answered would wait as long again, only to hear the same.
        for (const one of [...some, ...(alone ? [] : waiting.splice(0))]) one.reject(error);
      },
    });

  function answer(one: Waiting<Item, Out>, result: Result<Out> | undefined): void {
    if (result) one.resolve(result);
    else one.reject(new Error('a batch left an item without an answer'));
  }

  function start(): void {
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0) start();
    });
  }

  return {
    add(item) {
      if (closed) return Promise.resolve(refuse('unavailable'));
      if (waiting.length >= bound) return Promise.resolve(tooMany());
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        start();
      });
    },
    async close() {
      closed = true;
      await working;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
