import { performance } from 'node:perf_hooks';
import { type Pace, paceAt } from './rules.ts';

const lookEveryMs = 500;

/** Watches how busy this process is, and says how often rooms may speak. Ends with `close()`. */
export class Pressure {
  #pace: Pace = 'calm';
  #before = performance.eventLoopUtilization();
  readonly #timer: NodeJS.Timeout;

  constructor(onChange: (pace: Pace) => void) {
    this.#timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      const pace = paceAt(this.#pace, performance.eventLoopUtilization(now, this.#before).utilization);
      this.#before = now;
      if (pace === this.#pace) return;
      this.#pace = pace;
      onChange(pace);
    }, lookEveryMs);
    this.#timer.unref();
  }

  get pace(): Pace {
    return this.#pace;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
