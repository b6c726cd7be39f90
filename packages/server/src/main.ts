import { flushCompileCache } from 'node:module';
import { type App, startApp } from './app.ts';
import { readServerSettings } from './config.ts';
import { createLog } from './log.ts';

/** How long an orderly end may take before it is cut short. */
const closingMs = 8_000;

async function main(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: here it is handed to config.ts, which knows what it may hold.
  const read = readServerSettings(process.env);
  if (!read.ok) {
    process.stderr.write(`${read.problem}\n`);
    process.exitCode = 1;
    return;
  }
  const { settings } = read;
  const log = createLog(settings.LOG_LEVEL);
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a failure that nobody waited for');
    process.exit(1);
  });
  const app = await startApp({ settings, log });
  endInOrder(app, () => log.info('closed'));
  log.info({ url: app.url }, 'listening');
  process.send?.({ type: 'ready', firstLink: await app.firstLink() });
  // Written now, because a killed process writes nothing.
  flushCompileCache();
}

/** Ends on the first request, from the terminal, the supervisor, or by its going away; a second one ends at once. */
function endInOrder(app: App, closed: () => void): void {
  let closing = false;
  const end = () => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(() => process.exit(1), closingMs).unref();
    void app.close().then(() => {
      closed();
      process.exit(0);
    });
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
}

await main();
