import { connect, createServer, type Socket } from 'node:net';

/** The line between an app and its PostgreSQL, to be frozen or cut. */
export interface Line {
  /** Where the app is to connect instead. */
  readonly url: string;
  /** Nothing passes any more, and nobody is told: new connections are taken and not answered. */
  freeze(): void;
  /** Every connection breaks, and new ones break at once. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  let state: 'whole' | 'frozen' | 'cut' = 'whole';

  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('data', (bytes) => {
        if (state === 'whole') other.write(bytes);
      });
      one.on('error', () => one.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line listens on no port');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${address.port}`;

  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    freeze: () => {
      state = 'frozen';
    },
    cut: () => {
      state = 'cut';
      breakAll();
    },
    // What was sent into a frozen line is lost, as it would be on a real one after long enough.
    mend: () => {
      if (state === 'frozen') breakAll();
      state = 'whole';
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
