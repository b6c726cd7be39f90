export interface Halves<Item> {
  /** Does all items in one go, or throws. */
  run(items: readonly Item[]): Promise<void>;
  /** Whether a failure may be the fault of single items, so that it is worth trying them apart. */
  splits(error: unknown): boolean;
  /** These failed for good. `alone`: by a fault of their own, and not because nobody answers anybody. */
  failed(items: readonly Item[], error: unknown, alone: boolean): void;
}

/** Runs a batch; one that fails is halved until what is bad stands alone, so that it fails nobody else. */
export async function inHalves<Item>(items: readonly Item[], halves: Halves<Item>): Promise<void> {
  try {
    await halves.run(items);
  } catch (error) {
    const alone = halves.splits(error);
    if (items.length === 1 || !alone) {
      halves.failed(items, error, alone);
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await inHalves(items.slice(0, middle), halves);
    await inHalves(items.slice(middle), halves);
  }
}
