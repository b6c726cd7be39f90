import type { Browser, Page } from '@playwright/test';

/** How busy the page's main thread was while something ran. */
export interface Work {
  /** Milliseconds of processor time in each second. */
  readonly busy: number;
  /** Each task, in milliseconds of processor time. */
  readonly tasks: readonly number[];
  /** Milliseconds in each second by kind of work, most first. */
  readonly kinds: readonly (readonly [string, number])[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

const task = 'RunTask';
const kinds = ['FunctionCall', 'FireAnimationFrame', 'TimerFire', 'UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint'];
const others = [
  'Layerize',
  'Commit',
  'HitTest',
  'EventDispatch',
  'MinorGC',
  'MajorGC',
  'IntersectionObserverController::computeIntersections',
];

/** Traces the page while `act` runs. A shared machine takes time away from tasks; processor time does not count that. */
export async function workDuring(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<Work> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  const since = performance.now();
  await act();
  const seconds = (performance.now() - since) / 1000;
  return workIn(await browser.stopTracing(), seconds);
}

function workIn(trace: Buffer, seconds: number): Work {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
  const main = mainThread(traceEvents);
  const timesOf = (name: string) => main.filter((one) => one.name === name).map(({ tdur = 0 }) => tdur / 1000);
  const sum = (times: readonly number[]) => times.reduce((all, one) => all + one, 0) / seconds;
  const tasks = timesOf(task);
  return {
    busy: sum(tasks),
    tasks,
    kinds: [...kinds, ...others]
      .map((name) => [name, Math.round(sum(timesOf(name)) * 10) / 10] as const)
      .filter(([, ms]) => ms > 0)
      .sort(([, one], [, other]) => other - one),
  };
}

/** The busiest of the threads that draw a page. */
function mainThread(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const of = threads.map(({ pid, tid }) =>
    events.filter((one) => one.pid === pid && one.tid === tid && one.ph === 'X'),
  );
  return of.sort((one, other) => other.length - one.length)[0] ?? [];
}
