import type { GroupLine } from '@groupcast/protocol';

export type StepState = 'done' | 'now' | 'later';

export interface Steps {
  readonly name: StepState;
  readonly invite: StepState;
  readonly live: StepState;
  /** Nothing is left to do: the screen disappears for ever. */
  readonly over: boolean;
}

/** How far a new owner has come. `copied`: the invite link has been copied once. */
export function stepsOf(lines: readonly GroupLine[], copied: boolean): Steps {
  const [first] = lines;
  const named = first !== undefined;
  const invited = copied || lines.some(({ group }) => group.memberCount > 1);
  const live = lines.some(({ last, hosts }) => hosts.length > 0 || last?.kind === 'card');
  const state = (done: boolean, next: boolean): StepState => (done ? 'done' : next ? 'now' : 'later');
  return {
    name: state(named, true),
    invite: state(invited, named),
    live: state(live, named && invited),
    // Who came another way round (many groups, many members) needs no guide either.
    over: (named && invited && live) || lines.length > 1,
  };
}
