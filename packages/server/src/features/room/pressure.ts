import { performance } from 'node:perf_hooks';
import { type Pace, paceAt } from './rules.ts';

const lookEveryMs = 500;

/** Watches how busy this process is, and says how often rooms may speak. Ends with `close()`. */
export class Pressure {
  #pace: Pace = 'calm';
  #before = performance.eventLoopUtilization();
  #frames = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(onChange: (pace: Pace) => void) {
    this.#timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      const { utilization, active, idle } = performance.eventLoopUtilization(now, this.#before);
      const seconds = (active + idle) / 1_000;
      const pace = paceAt(this.#pace, utilization, seconds > 0 ? this.#frames / seconds : 0);
      this.#before = now;
      this.#frames = 0;
      if (pace === this.#pace) return;
      this.#pace = pace;
      onChange(pace);
    }, lookEveryMs);
    this.#timer.unref();
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** A frame goes to so many. */
  sent(viewers: number): void {
    this.#frames += viewers;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
