import type { FaultCode, FeatureName, Rollout } from '@groupcast/protocol';

const isIn = (what: 'user' | 'group', names: readonly string[]) => ({ in: [{ var: what }, names] });

/**
 * The share of a hundred that a thing's own number falls into. The number is the feature's and the thing's alone, and
 * `on` fills from below: who is in stays in as the share grows.
 */
const share = (feature: FeatureName, what: 'user' | 'group', percent: number) => ({
  '==': [
    { fractional: [{ cat: [feature, ' ', what, ' ', { var: what }] }, ['on', percent], ['off', 100 - percent]] },
    'on',
  ],
});

/** A rollout as flagd knows flags: named out, named in, by share of people, by share of groups. */
export function flagOf(feature: FeatureName, rollout: Rollout): object {
  return {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    targeting: {
      if: [
        { or: [isIn('user', rollout.out.people), isIn('group', rollout.out.groups)] },
        'off',
        {
          or: [
            isIn('user', rollout.in.people),
            isIn('group', rollout.in.groups),
            share(feature, 'user', rollout.people),
            share(feature, 'group', rollout.groups),
          ],
        },
        'on',
        'off',
      ],
    },
  };
}

/** Whether one rollout may follow another: who is in stays in, unless named out. Null: it may. */
export function whyNotFollow(before: Rollout | null, next: Rollout): FaultCode | null {
  if (!before) return null;
  if (next.people < before.people || next.groups < before.groups) return 'shareShrinks';
  const stays = (was: readonly string[], named: readonly string[], out: readonly string[]) =>
    was.every((one) => named.includes(one) || out.includes(one));
  const all =
    stays(before.in.people, next.in.people, next.out.people) &&
    stays(before.in.groups, next.in.groups, next.out.groups);
  return all ? null : 'shareShrinks';
}
