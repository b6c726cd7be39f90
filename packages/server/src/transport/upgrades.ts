import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Who takes an upgrade, by its path. What nobody takes is refused. */
export interface Upgrades {
  on(takes: (pathname: string) => boolean, handler: UpgradeHandler): () => void;
  close(): void;
}

export function createUpgrades(server: Server): Upgrades {
  const doors = new Set<{ takes: (pathname: string) => boolean; handler: UpgradeHandler }>();

  const route: UpgradeHandler = (request, socket, head) => {
    // A peer that vanishes in mid-upgrade must not take the process with it.
    socket.on('error', dropIt);
    const pathname = pathOf(request);
    const door = [...doors].find(({ takes }) => pathname !== null && takes(pathname));
    if (!door) return refuseUpgrade(socket, 404);
    door.handler(request, socket, head);
  };
  server.on('upgrade', route);

  return {
    on(takes, handler) {
      const door = { takes, handler };
      doors.add(door);
      return () => doors.delete(door);
    },
    close: () => server.off('upgrade', route),
  };
}

/** One for all sockets: those that are let in keep it as long as they live. */
function dropIt(this: Duplex): void {
  this.destroy();
}

/** Answers an upgrade with a plain HTTP status and lets go. */
export function refuseUpgrade(socket: Duplex, status: number, retryAfterMs?: number): void {
  const wait = retryAfterMs === undefined ? '' : `Retry-After: ${Math.ceil(retryAfterMs / 1_000)}\r\n`;
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`;
  socket.once('finish', () => socket.destroy());
  socket.end(`${line}\r\nConnection: close\r\nContent-Length: 0\r\n${wait}\r\n`);
}

function pathOf(request: IncomingMessage): string | null {
  const url = request.url ?? '';
  return url.startsWith('/') ? (URL.parse(url, 'http://local')?.pathname ?? null) : null;
}
