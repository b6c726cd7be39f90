import type { Logger } from 'pino';
import type { Signal, Signals } from '../../features/core/index.ts';

type Heard = (signal: Signal) => void | Promise<void>;

/** Lets features hear of each other's committed facts without knowing each other. */
export function createSignals(log: Logger): Signals {
  const listeners = new Set<Heard>();

  async function hear(listener: Heard, signal: Signal): Promise<void> {
    try {
      await listener(signal);
    } catch (error) {
      log.error({ signal: signal.type, err: error }, 'a listener failed');
    }
  }

  return {
    emit(signal) {
      for (const listener of [...listeners]) void hear(listener, signal);
    },
    on(type, listener) {
      const own: Heard = (signal) => (isOf(signal, type) ? listener(signal) : undefined);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}

const isOf = <T extends Signal['type']>(signal: Signal, type: T): signal is Extract<Signal, { type: T }> =>
  signal.type === type;
