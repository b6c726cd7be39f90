import { FeatureName, fullRollout, type GroupId, type Rollout, type StartBar, type UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Flags } from '../../adapters/flags/index.ts';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Routes, refused, ShortMemory } from '../core/index.ts';
import { flagOf } from './rules.ts';
import { noteExposure, readEffect, readRollout, type Stored, writeRollout } from './store.ts';

export interface RolloutsOptions {
  readonly db: Db;
  readonly flags: Flags;
  /** Ends what runs of a feature that an operator has turned off. */
  turnOff(feature: FeatureName): Promise<void>;
  readonly log: Logger;
  /** Milliseconds that only go forward. */
  clock(): number;
}

export interface Rollouts {
  readonly routes: Routes<'rollout' | 'setRollout'>;
  /** Why this person may not begin anything of this feature in this group; null: they may. Further features ask the same. */
  bar(feature: FeatureName, user: UserId, group: GroupId): Promise<StartBar | null>;
  /** To be called before the first question. */
  start(): Promise<void>;
  close(): void;
}

/** Another node's change is here within this. */
const lookEveryMs = 5_000;
const rememberedMs = 60 * 60_000;

/** Features that only some have yet: in steps, sticky, with a switch that stops all. SPEC RO. */
export function createRollouts({ db, flags, turnOff, log, clock }: RolloutsOptions): Rollouts {
  const current = new Map<FeatureName, Stored>();
  const met = new ShortMemory<string, true>(rememberedMs, clock());
  const of = (feature: FeatureName): Stored => current.get(feature) ?? { version: 0, rollout: fullRollout };

  function take(next: ReadonlyMap<FeatureName, Stored>): void {
    const rollouts = FeatureName.options.map((name): [FeatureName, Rollout] => [
      name,
      (next.get(name) ?? of(name)).rollout,
    ]);
    flags.define(Object.fromEntries(rollouts.map(([name, rollout]) => [name, flagOf(name, rollout)])));
    for (const [name, stored] of next) current.set(name, stored);
  }

  async function look(): Promise<void> {
    const next = new Map<FeatureName, Stored>();
    for (const name of FeatureName.options) {
      const stored = await readRollout(db, name);
      // A change of our own may have passed this answer.
      if (stored && stored.version > of(name).version) next.set(name, stored);
    }
    if (next.size > 0) take(next);
    // What was just about to begin when it was turned off, here or on another node.
    for (const name of FeatureName.options) if (of(name).rollout.gate === 'off') await turnOff(name);
  }

  async function meet(feature: FeatureName, user: UserId, group: GroupId): Promise<void> {
    const key = `${feature} ${user} ${group}`;
    if (met.get(key)) return;
    met.note(key, true, clock());
    await noteExposure(db, feature, user, group).catch((error: unknown) =>
      log.warn({ err: error }, 'an exposure was not noted'),
    );
  }

  const view = async (feature: FeatureName) => ok({ ...of(feature), ...(await readEffect(db, feature)) });

  const looking = setInterval(
    () =>
      void look().catch((error: unknown) => log.warn({ err: error }, 'rollouts could not be read; it is tried again')),
    lookEveryMs,
  );
  looking.unref();

  return {
    routes: {
      async rollout({ params: { feature } }) {
        await look();
        return view(feature);
      },
      async setRollout({ params: { feature }, body }) {
        const written = await writeRollout(db, feature, body);
        if (refused(written)) return written;
        take(new Map([[feature, written.ok]]));
        log.info({ feature, version: written.ok.version, gate: body.rollout.gate }, 'rollout changed');
        if (body.rollout.gate === 'off') await turnOff(feature);
        return view(feature);
      },
    },
    async bar(feature, user, group) {
      if (of(feature).rollout.gate !== 'open') return { why: 'startsPaused', until: null };
      if (!(await flags.isOn(feature, { user, group }))) return { why: 'notRolledOut', until: null };
      await meet(feature, user, group);
      return null;
    },
    async start() {
      take(new Map());
      await look();
    },
    close: () => clearInterval(looking),
  };
}
