import { join } from 'node:path';
import { connectPostgres, isMigrated } from '../../packages/server/src/adapters/postgres/index.ts';
import { migrate, NewerDatabase } from '../../packages/server/src/migrate.ts';
import { StartFailure } from './failure.js';
import { keep } from './keeper.js';
import { freePort } from './ports.js';
import { startPostgres } from './postgres.js';

/** @import { Settings } from '../../packages/server/src/config.ts' */

/**
 * The database, inside or one's own, brought up to this code.
 * @param {object} options
 * @param {Settings} options.settings
 * @param {string} options.folder
 * @param {string} options.password Of the owner of the one inside.
 * @param {string} options.secret
 * @param {ReturnType<typeof import('./steps.js').createSteps>} options.step
 * @param {(line: string) => void} options.log
 * @param {(facts: { databasePid: number }) => void} options.onUp
 * @param {(() => unknown)[]} options.started
 * @returns {Promise<{ ownerUrl: string, appUrl: string }>}
 */
export async function openDatabase({ settings, folder, password, secret, step, log, onUp, started }) {
  const ownerUrl = settings.DATABASE_URL ?? (await inside());
  const given = settings.DATABASE_APP_URL;
  try {
    const own = given ? { appUrl: given } : {};
    const appUrl = await step('Bringing the database up to date', () => migrate({ ownerUrl, secret, ...own }));
    if (given) await proveRole(given);
    return { ownerUrl, appUrl };
  } catch (cause) {
    if (cause instanceof StartFailure) throw cause;
    if (given && codeOf(cause) === noRole) throw new StartFailure(roleSentence(cause, given), { cause });
    throw new StartFailure(sentenceFor(cause, ownerUrl, settings.DATABASE_URL !== undefined), { cause });
  }

  async function inside() {
    const port = await freePort();
    let url = '';
    const keeper = await step('Starting PostgreSQL', (detail) =>
      keep({
        name: 'PostgreSQL',
        start: () => startPostgres({ dataDir: join(folder, 'postgres'), port, password, log: detail }),
        onUp: (postgres) => {
          url = postgres.url();
          onUp({ databasePid: postgres.pid });
        },
        log,
      }),
    );
    started.push(keeper.stop);
    return url;
  }
}

/** PostgreSQL's code for a role, to which rights are to be given, that is not there. */
const noRole = '42704';
/** Its code for a table that is not there. */
const noTable = '42P01';

/**
 * The server would wait for a role that cannot come in as for a PostgreSQL that is away.
 * @param {string} url
 */
async function proveRole(url) {
  const postgres = connectPostgres(url, () => {}, 1);
  try {
    if (!(await isMigrated(postgres.db))) throw Object.assign(new Error('it is not up to date'), { code: noTable });
  } catch (cause) {
    throw new StartFailure(roleSentence(cause, url), { cause });
  } finally {
    await postgres.close();
  }
}

/**
 * @param {unknown} error
 * @param {string} url DATABASE_APP_URL
 */
function roleSentence(error, url) {
  const { host, pathname, username } = new URL(url);
  const role = `DATABASE_APP_URL names the role ${decodeURIComponent(username)} at ${host}`;
  const database = `DATABASE_APP_URL names the database ${decodeURIComponent(pathname.slice(1))} at ${host}`;
  const known = new Map([
    [noRole, `${role}, which does not exist there: create it with LOGIN and a password, or correct DATABASE_APP_URL.`],
    ['28P01', `${role}, which refuses its password: correct it in DATABASE_APP_URL.`],
    ['28000', `${role}, which does not let it in: give it LOGIN, or correct DATABASE_APP_URL or pg_hba.conf there.`],
    ['3D000', `${database}, which does not exist there: name the one of DATABASE_URL.`],
    [noTable, `${database}, which is not the one of DATABASE_URL: name the same in both.`],
  ]);
  const reason = error instanceof Error ? error.message || codeOf(error) : String(error);
  return (
    known.get(codeOf(error)) ??
    `${role}, which cannot be used (${reason}): correct DATABASE_APP_URL, or leave it out and a role is made.`
  );
}

/**
 * @param {unknown} error
 * @param {string} url
 * @param {boolean} own
 */
function sentenceFor(error, url, own) {
  if (error instanceof NewerDatabase)
    return `The database is newer than this code (it knows ${error.message}): update the code to the version that last ran on it, or restore an older backup.`;
  const { host, pathname, username } = new URL(url);
  const code = codeOf(error);
  const reason = error instanceof Error ? error.message || code : String(error);
  if (!own)
    return `The database inside could not be brought up to date (${reason}): see the log beside the data folder's postgres, and report this.`;
  const where = `DATABASE_URL names the database ${decodeURIComponent(pathname.slice(1))} at ${host}`;
  const known = new Map([
    ['28P01', `${where}, which refuses the password of ${username}: correct it in DATABASE_URL.`],
    ['28000', `${where}, which does not let ${username} in: correct DATABASE_URL or the server's pg_hba.conf.`],
    ['3D000', `${where}, which does not exist there: create it, or correct DATABASE_URL.`],
    [
      '42501',
      `${where}, where ${username} may not do what a start needs (${reason}): use a role that owns the database and may create roles, or also set DATABASE_APP_URL.`,
    ],
  ]);
  return (
    known.get(code) ??
    `${where}, which cannot be reached (${reason}): start that PostgreSQL, correct DATABASE_URL, or leave it out for the one inside.`
  );
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function codeOf(error) {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
