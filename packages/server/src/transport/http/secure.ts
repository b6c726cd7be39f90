import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:http';
import https from 'node:https';
import type { Logger } from 'pino';

export interface SecureOptions {
  readonly host: string;
  readonly port: number;
  /** Files as PEM. */
  readonly cert: string;
  readonly key: string;
  readonly log: Logger;
  /** A certificate that was renewed is taken up within this. */
  readonly lookMs?: number;
}

/**
 * Serves over https all that the plain server serves: requests and upgrades are its own. Throws when the files are
 * missing or do not belong together; files that change later and cannot be used leave the old ones in force.
 */
export async function listenSecurely(plain: Server, options: SecureOptions): Promise<{ close(): Promise<void> }> {
  const { host, port, cert, key, log, lookMs = 5_000 } = options;
  const pair = () => ({ cert: readFileSync(cert), key: readFileSync(key) });
  const secure = https.createServer({ ...pair(), maxHeaderSize: 65_536, requestTimeout: 120_000 });
  secure.on('request', (request, response) => plain.emit('request', request, response));
  secure.on('upgrade', (request, socket, head) => plain.emit('upgrade', request, socket, head));
  const renew = () => {
    try {
      secure.setSecureContext(pair());
      log.info('the certificate was read anew');
    } catch (error) {
      log.warn({ err: error }, 'a changed certificate cannot be used; the old one stays');
    }
  };
  watchFile(cert, { interval: lookMs, persistent: false }, renew);
  await new Promise<void>((resolve, reject) => {
    secure.once('error', reject);
    secure.listen(port, host, resolve);
  });
  return {
    async close() {
      unwatchFile(cert, renew);
      const closed = new Promise((resolve) => secure.close(resolve));
      secure.closeAllConnections();
      await closed;
    },
  };
}
