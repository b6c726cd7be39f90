import { askFor } from './asking.ts';
import { diceAt } from './dice.ts';
import { frameAt } from './frames.ts';
import { frameLane, turns } from './lanes.ts';
import { troubleIn } from './log.ts';
import { requestAt } from './requests.ts';
import { setUp } from './run.ts';
import { Findings, report } from './verdict.ts';

/** Sends what `only` names, one after the other, and says what came of each: `17`, `10-17`, `request:3`. */
export async function replay(seed: number, only: string, say: (line: string) => void): Promise<void> {
  const { product, world } = await setUp();
  const findings = new Findings();
  const [, what = '', from = '', to = from] = /^(request:)?(\d+)(?:-(\d+))?$/.exec(only) ?? [];
  try {
    if (what === '') {
      const track = {
        seed,
        world,
        findings,
        underWay: new Map<string, string>(),
        turn: async () => {},
        ended: () => false,
      };
      for (let index = Number(from); index <= Number(to); index += 1)
        say(`frame ${index}: ${frameAt(seed, index, world.known()).shown}`);
      await frameLane(track, turns(Number(from), Number(to) + 1, 1_000));
    } else
      for (let index = Number(from); index <= Number(to); index += 1) {
        const { cookie } = world.somebody(diceAt(seed, 'asker', index));
        const request = requestAt(seed, index, { origin: world.origin, cookie, known: world.known() });
        say(`request ${index}: ${request.shown}\n${JSON.stringify(await askFor(world.origin, request))}`);
      }
    say(report(seed, findings, null));
    for (const trouble of troubleIn(product.said())) say(trouble);
  } finally {
    await product.stop();
  }
}
