import { wellMs } from '../tools/product.ts';
import { backWithinMs, type Fault, type Scene, type Struck } from './fault.ts';
import { openGround } from './ground.ts';
import type { Stage } from './stage.ts';
import { isAlive, until } from './wait.ts';

export const killServer: Fault = {
  name: 'kill-server',
  lives: 2,
  wellMs,
  grounds: 4,
  limits: { heals: backWithinMs, waits: {} },
  async open(): Promise<Scene> {
    const ground = await openGround();
    return { ground, strike: strikeServer, close: ground.close };
  },
};

/** The server dies without a word. */
export async function strikeServer({ ground, journal }: Stage): Promise<Struck> {
  const { serverPid } = await ground.running();
  const from = performance.now();
  process.kill(serverPid, 'SIGKILL');
  await until('the killed server to be gone', () => !isAlive(serverPid), 5_000);
  // What is missed in five seconds is repeated by place; nobody begins anew.
  const anew = () => journal.pages.filter(({ freshStarts }) => freshStarts > 0).length;
  return { from, backAt: from, judge: () => (anew() > 0 ? [`${anew()} pages began anew instead of catching up`] : []) };
}
