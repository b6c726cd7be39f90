import { LiveId } from '@groupcast/protocol';
import { z } from 'zod';
import type { Job, Tasks } from '../../adapters/jobs/index.ts';
import { type Result, refused } from '../core/index.ts';
import type { Deed } from './rules.ts';

/** `settle` writes an ended live's numbers when who ended it could not. */
const Timer = z.object({
  live: LiveId,
  timer: z.enum(['prepare', 'grace', 'limit', 'settle']),
  epoch: z.number().int(),
});
export type Timer = z.infer<typeof Timer>;

const task = 'live.timer';

/** A timer as a job. One of a kind per live: the next grace takes the place of the last. */
export const jobOf = (timer: Timer, at: number): Job => ({
  task,
  key: `live:${timer.live}:${timer.timer}`,
  payload: timer,
  at,
});

export interface TimerPorts {
  act(live: LiveId, deed: Deed): Promise<Result<unknown>>;
  settle(live: LiveId): Promise<unknown>;
}

/** What happens when a timer falls due. Whether it still means anything, the rules decide. */
export const tasksOf = (ports: TimerPorts): Tasks => ({
  [task]: (payload) => fire(ports, Timer.parse(payload)),
});

export async function fire(ports: TimerPorts, { live, timer, epoch }: Timer): Promise<void> {
  if (timer === 'settle') return void (await ports.settle(live));
  const fired = await ports.act(live, deedOf(timer, epoch));
  // The group was deleted meanwhile: nothing is left to end.
  if (refused(fired) && fired.fault !== 'notFound') throw new Error(`a timer was refused: ${fired.fault}`);
}

function deedOf(timer: Exclude<Timer['timer'], 'settle'>, epoch: number): Deed {
  switch (timer) {
    case 'prepare':
      return { type: 'prepareOver', epoch };
    case 'grace':
      return { type: 'graceOver', epoch };
    case 'limit':
      return { type: 'limitReached' };
  }
}
