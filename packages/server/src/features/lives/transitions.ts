import { setTimeout as sleep } from 'node:timers/promises';
import type { GroupEntry, GroupId, Live, LiveId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { ok, type Publish, type Result, refused, type Signals, type Tell } from '../core/index.ts';
import type { HostWatch } from '../hosting/index.ts';
import type { Media } from '../media/index.ts';
import { type Deed, decide, type LiveState, type Terms } from './rules.ts';
import type { Changed, LiveStore, Settled } from './store.ts';

export interface TransitionPorts {
  readonly store: LiveStore;
  readonly media: Pick<Media, 'closeRoom' | 'removePage'>;
  readonly watch: HostWatch;
  readonly publish: Publish;
  readonly tell: Tell;
  readonly signals: Signals;
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  /** Hands in the comments, likes and attendance that are still held for a live that has ended. */
  handIn(live: LiveId): Promise<void>;
  readonly terms: Terms;
  readonly log: Logger;
}

/**
 * Nodes have this long to hand in what they hold; what comes later is refused. A hand-in that fails leaves the numbers
 * to the job, which hands in again.
 */
const handInMs = 2_000;
/** Viewers should hear of the end before their picture goes, and be out within a second all the same. */
const farewellMs = 500;

export function createTransitions(ports: TransitionPorts) {
  const { store, media, watch, publish, tell, signals, log } = ports;

  /** The one way in which a live changes: decided under its lock, saved, told, and the media server made to agree. */
  async function act(live: LiveId, deed: Deed): Promise<Result<Live>> {
    const outcome = await store.change(live, (state, now) => decide(state, deed, now, ports.terms));
    if (refused(outcome)) return outcome;
    const { changed } = outcome.ok;
    if (!changed) return ok(outcome.ok.live);
    log.info({ live, deed: deed.type, state: changed.after.state, epoch: changed.after.epoch }, 'live changed');
    observe(changed.live, changed.after);
    tellGroup(changed);
    if (changed.after.state === 'ended') return ok((await finish(live)) ?? changed.live);
    tellAbout(changed.live);
    if (changed.after.state === 'cancelled') background(media.closeRoom(live));
    else if (changed.after.page !== changed.before.page)
      background(media.removePage(live, { user: changed.before.host, page: changed.before.page }));
    return ok(changed.live);
  }

  /** Keeps the watch over the host in step with what the live is now. */
  function observe(live: Live, state: LiveState, afterStart = false): void {
    if (state.state === 'ended' || state.state === 'cancelled') {
      watch.forget(live.id);
      return;
    }
    const { host, page, encoder, epoch } = state;
    const { id, group, audioOnly } = live;
    watch.watch({ live: id, group, host, page, encoder, epoch, state: state.state, audioOnly }, afterStart);
  }

  function tellGroup({ live: { group }, running, entries }: Changed): void {
    if (entries.length > 0) ports.announce(group, entries);
    if (running) publish(`group:${group}`, { type: 'group.lives', group, ...running });
  }

  function tellAbout(live: Live): void {
    tell(live.host.id, { type: 'me.live', live });
    signals.emit({ type: 'liveChanged', live });
  }

  /** Settles an ended live's numbers, tells its result, and clears its room. Answers null when somebody else did. */
  async function finish(live: LiveId): Promise<Live | null> {
    const settled = settle(live);
    await within(farewellMs, settled);
    background(media.closeRoom(live));
    try {
      return await settled;
    } catch (error) {
      log.warn({ live, err: error }, 'the numbers of an ended live are left to the job');
      return null;
    }
  }

  async function settle(live: LiveId): Promise<Live | null> {
    await Promise.race([ports.handIn(live), sleep(handInMs)]);
    const settled = await store.settle(live);
    if (settled) tellResult(settled);
    return settled?.live ?? null;
  }

  function tellResult({ live, entries }: Settled): void {
    ports.announce(live.group, entries);
    tellAbout(live);
  }

  function background(work: Promise<void>): void {
    work.catch((error: unknown) => log.warn({ err: error }, 'left to the reconciler'));
  }

  return {
    act,
    observe,
    tellAbout,
    settle,
    /** A comment of an ended live was taken away: its numbers change everywhere (SPEC SU3). */
    async recount(live: LiveId): Promise<void> {
      const changed = await store.recount(live);
      if (changed) tellResult(changed);
    },
  };
}

/** Waits for `work`, but not longer than `ms`; its failure is for who awaits it itself. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: passed, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const done = () => resolve();
  work.then(done, done);
  await passed;
  clearTimeout(timer);
}
