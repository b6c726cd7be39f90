/** What a still is kept with: the picture on the page, and the place where members find the newest one. */
export interface StillKeeping {
  /** A small frame of what the page shows; null while a picture is there but has no frame yet; undefined without a picture. */
  frame(): Promise<Blob | null | undefined>;
  /** Puts a still in the place of the last; whether it arrived. */
  put(still: Blob): Promise<boolean>;
  /** Takes the last still away; whether it is gone. */
  drop(): Promise<boolean>;
  now(): number;
}

/**
 * Looks at the page: puts a still every `everyMs` while there is a picture, and takes the last one away once there is
 * none, again and again until it is gone. Looks do not overlap.
 */
export function keepStill(keeping: StillKeeping, everyMs: number): () => Promise<void> {
  let putAt = Number.NEGATIVE_INFINITY;
  // An earlier page of this live may have left one.
  let there = true;
  let busy = false;

  async function look(): Promise<void> {
    const due = keeping.now() - putAt >= everyMs;
    const still = await keeping.frame();
    if (still === undefined) {
      if (there) there = !(await keeping.drop());
    } else if (still && due) {
      putAt = keeping.now();
      there = true;
      await keeping.put(still);
    }
  }

  return async () => {
    if (busy) return;
    busy = true;
    try {
      await look();
    } finally {
      busy = false;
    }
  };
}
