import { z } from 'zod/mini';
import { GroupId, UserId } from './ids.ts';

/** What can be rolled out in steps. */
export const FeatureName = z.enum(['group-live']);
export type FeatureName = z.infer<typeof FeatureName>;

const Share = z.int().check(z.nonnegative(), z.maximum(100));
const most = 1_000;
const Named = z.object({
  groups: z.array(GroupId).check(z.maxLength(most)),
  people: z.array(UserId).check(z.maxLength(most)),
});

/**
 * Who has a feature: everybody in `groups` of a hundred groups, `people` of a hundred people wherever they are, and who
 * is named in; never who is named out. `gate`: `noStarts`, nothing new begins and what runs goes on; `off`, that ends, too.
 */
export const Rollout = z.object({
  groups: Share,
  people: Share,
  in: Named,
  out: Named,
  gate: z.enum(['open', 'noStarts', 'off']),
});
export type Rollout = z.infer<typeof Rollout>;

/** Before an operator says anything: everybody has everything. */
export const fullRollout: Rollout = {
  groups: 100,
  people: 100,
  in: { groups: [], people: [] },
  out: { groups: [], people: [] },
  gate: 'open',
};

/**
 * A rollout as its operator sees it. `reach`: people and groups that have met the feature so far; `effect`, since the
 * last change: lives that came on air, and those that did not.
 */
export const RolloutView = z.object({
  version: z.int(),
  rollout: Rollout,
  reach: z.object({ people: z.int(), groups: z.int() }),
  effect: z.object({ starts: z.int(), failures: z.int() }),
});
export type RolloutView = z.infer<typeof RolloutView>;

export const SetRollout = z.object({ version: z.int(), rollout: Rollout });
