import type { Page } from '@playwright/test';
import WebSocket from 'ws';

type Answer = { ok: unknown } | { fault: string };

/** A bare client of the wire, as a stranger would write one. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #next = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const { re, ...answer } = JSON.parse(String(data)) as Answer & { re?: number };
      if (re === undefined) return;
      this.#waiting.get(re)?.(answer);
      this.#waiting.delete(re);
    });
  }

  static async connect(origin: string, cookie: string): Promise<Wire> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { origin, cookie } });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const wire = new Wire(socket);
    await wire.send({ type: 'hello', versions: [1], page: crypto.randomUUID() });
    return wire;
  }

  send(command: Record<string, unknown>): Promise<Answer> {
    const id = this.#next++;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#socket.send(JSON.stringify({ id, ...command }));
    return promise;
  }

  close(): void {
    this.#socket.close();
  }
}

export async function cookieOf(page: Page): Promise<string> {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}
