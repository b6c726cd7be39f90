import type { Rehearsal } from '@groupcast/protocol';
import { Crowd, type Operator, randomFrom } from '@groupcast/simulator';
import { operatorOn } from '../../e2e/tools/operator.ts';
import { type Product, running, startProduct } from '../../e2e/tools/product.ts';
import { parentOf, pin, serverCore } from './processes.ts';

/** The product with its server on a core of its own. */
export interface Target {
  readonly product: Product;
  readonly url: string;
  readonly operator: Operator;
  /** Of the server that runs now. */
  pid(): Promise<number>;
  stop(): Promise<void>;
}

export async function startTarget(settings: Readonly<Record<string, string>> = {}): Promise<Target> {
  const product = await startProduct(settings);
  const pid = async () => {
    const { serverPid } = await running(product);
    pin(serverPid, serverCore);
    // A server that is begun anew gets the core of who begins it.
    pin(parentOf(serverPid), serverCore);
    return serverPid;
  };
  await pid();
  return {
    product,
    url: product.url,
    operator: await operatorOn(product),
    pid,
    stop: product.stop,
  };
}

/** A crowd in a rehearsal of its own on the target, all let in. `close` removes both. */
export interface Gathered {
  readonly crowd: Crowd;
  readonly rehearsal: Rehearsal;
  /** People of the rehearsal who have no page yet. */
  readonly spare: Rehearsal['people'];
  close(): Promise<void>;
}

/** `senders` come on top of the viewers: they comment and tap, and watch nothing. */
export async function gather(
  target: Target,
  of: { readonly viewers: number; readonly lives?: number; readonly senders?: number; readonly spare?: number },
): Promise<Gathered> {
  const { viewers, lives = 1, senders = 0, spare = 0 } = of;
  const rehearsal = await target.operator.open(viewers + senders + lives + spare, lives);
  const playing = { ...rehearsal, people: rehearsal.people.slice(0, viewers + senders + lives) };
  const crowd = new Crowd({ url: target.url, rehearsal: playing, random: randomFrom(1), viewers });
  const refused = await crowd.open();
  if (refused > 0) throw new Error(`${refused} of ${viewers + senders} pages were not let in`);
  return {
    crowd,
    rehearsal,
    spare: rehearsal.people.slice(viewers + senders + lives),
    async close() {
      crowd.close();
      await target.operator.close(rehearsal.group);
    },
  };
}
