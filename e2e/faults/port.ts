import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The way to PostgreSQL. Ends with `close()`. */
export interface Port {
  /** Where PostgreSQL is reached through it. */
  readonly url: string;
  /** Nothing passes any more and nobody is told; what is sent waits on the way, as TCP sends again what is lost. */
  black(): void;
  /** What waited arrives, late. */
  clear(): void;
  close(): Promise<void>;
}

export async function openPort(databaseUrl: string): Promise<Port> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isBlack = false;

  const join = (one: Socket, other: Socket) => {
    open.add(one);
    if (isBlack) one.pause();
    one.on('data', (bytes) => other.write(bytes));
    one.on('end', () => other.end());
    one.on('error', () => other.destroy());
    one.on('close', () => {
      open.delete(one);
      other.destroySoon();
    });
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: Number(target.port), host: target.hostname, allowHalfOpen: true });
    join(near, far);
    join(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the port is none');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    black: () => {
      isBlack = true;
      for (const socket of open) socket.pause();
    },
    clear: () => {
      isBlack = false;
      for (const socket of open) socket.resume();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
