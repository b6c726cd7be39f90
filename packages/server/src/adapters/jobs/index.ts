import { Logger as JobLogger, type Runner, run, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db, Postgres } from '../postgres/index.ts';

export interface Job {
  readonly task: string;
  /** A later job of the same key takes the place of the earlier one. */
  readonly key: string;
  readonly payload: object;
  /** When it is due, in epoch milliseconds of PostgreSQL. */
  readonly at: number;
}

export type Tasks = Readonly<Record<string, (payload: unknown) => Promise<void>>>;

/** Work that falls due, kept in PostgreSQL: it survives this process, and is set in the transaction that wants it. */
export interface Jobs {
  set(trx: Db, job: Job): Promise<void>;
  /**
   * Begins to work off what is due. A task that throws is tried again, later each time. `onBegun` is called now and
   * whenever the work had to be begun anew: a job that was being done then may stay locked for hours.
   */
  start(tasks: Tasks, onBegun: () => void): Promise<void>;
  close(): Promise<void>;
}

/** How late a job may start: half of what people would notice at the end of a grace. */
const pollMs = 500;
/** Jobs done at the same time. One question of the queue's own serves them all; each asking for itself cost four times as much. */
const atOnce = 4;
/** After PostgreSQL was away the worker has given up; it is begun anew this much later. */
const restartMs = 2_000;

export function createJobs(postgres: Postgres, log: Logger): Jobs {
  const closing = new AbortController();
  let runner: Runner | null = null;
  let restart: NodeJS.Timeout | undefined;

  async function start(tasks: Tasks, onBegun: () => void): Promise<void> {
    if (closing.signal.aborted) return;
    const started = await run({
      pgPool: postgres.pool,
      taskList: tasksOf(tasks),
      concurrency: atOnce,
      pollInterval: pollMs,
      noHandleSignals: true,
      // Gathered, what could not be written about a job ends the runner, and is heard; one by one it is a rejection of nobody's.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0, localQueue: { size: atOnce } } },
      logger: quiet(log),
    });
    runner = started;
    onBegun();
    void started.promise.then(
      () => again(tasks, onBegun),
      (error: unknown) => {
        log.warn({ err: error }, 'the jobs stopped and will be begun anew');
        again(tasks, onBegun);
      },
    );
  }

  function again(tasks: Tasks, onBegun: () => void): void {
    runner = null;
    if (closing.signal.aborted) return;
    restart = setTimeout(() => {
      start(tasks, onBegun).catch((error: unknown) => {
        log.warn({ err: error }, 'the jobs could not be begun');
        again(tasks, onBegun);
      });
    }, restartMs);
  }

  return {
    start,
    async set(trx, { task, key, payload, at }) {
      await sql`select graphile_worker.add_job(
        ${task}, payload := ${JSON.stringify(payload)}::json, run_at := to_timestamp(${at}::numeric / 1000),
        job_key := ${key}, job_key_mode := 'replace')`.execute(trx);
    },
    async close() {
      closing.abort();
      clearTimeout(restart);
      await runner?.stop().catch((error: unknown) => log.debug({ err: error }, 'the jobs had stopped'));
    },
  };
}

const tasksOf = (tasks: Tasks): TaskList =>
  Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]));

/** So long the same trouble is not worth another line: the queue asks twice a second, also while PostgreSQL is away. */
const silentMs = 10_000;

/** Its own lines are for who looks for a fault in it; only its errors concern others. */
function quiet(log: Logger): JobLogger {
  let saidAt = Number.NEGATIVE_INFINITY;
  return new JobLogger(() => (level, message) => {
    const now = performance.now();
    const said = level === 'error' && now - saidAt >= silentMs;
    if (said) saidAt = now;
    if (said) log.warn({ jobs: message }, 'a job failed and will be tried again');
    else log.debug({ jobs: message }, 'jobs');
  });
}
