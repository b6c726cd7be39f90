import { z } from 'zod/mini';
import { GroupId, LiveId } from './ids.ts';
import { OpenRehearsal, Rehearsal, RehearsalLog } from './rehearsals.ts';
import { FeatureName, RolloutView, SetRollout } from './rollout.ts';
import { inGroup, Nothing, route } from './route.ts';

/** The routes that the operator key opens, and nothing else. */
export const operatorApi = {
  rollout: route({
    method: 'GET',
    path: '/api/rollouts/:feature',
    door: 'operator',
    params: z.object({ feature: FeatureName }),
    reply: RolloutView,
  }),
  /** Refuses `shareShrinks` when somebody would lose what they have without being named out, and `stale`. */
  setRollout: route({
    method: 'PUT',
    path: '/api/rollouts/:feature',
    door: 'operator',
    params: z.object({ feature: FeatureName }),
    body: SetRollout,
    reply: RolloutView,
  }),

  /** Mints sign-ins for a rehearsal: a group of its own with people who are nobody, and lives without a picture. */
  openRehearsal: route({
    method: 'POST',
    path: '/api/rehearsals',
    door: 'operator',
    body: OpenRehearsal,
    reply: Rehearsal,
  }),
  /** What is stored of one of its lives, so that who rehearses can compare. */
  rehearsalLog: route({
    method: 'GET',
    path: '/api/rehearsals/:group/lives/:live',
    door: 'operator',
    params: z.object({ group: GroupId, live: LiveId }),
    query: z.object({ after: z.coerce.number().check(z.int(), z.nonnegative()) }),
    reply: RehearsalLog,
  }),
  /** Takes a rehearsal away, with its people and all they left. */
  closeRehearsal: route({
    method: 'DELETE',
    path: '/api/rehearsals/:group',
    door: 'operator',
    params: inGroup,
    reply: Nothing,
  }),
} as const;
