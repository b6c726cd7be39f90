import { PageId, type StageSettings, UserId } from '@groupcast/protocol';
import { type By, type Decision, decide, type Wish } from '../features/stage/rules.ts';
import { emptyStage, type Stage } from '../features/stage/seats.ts';

export const user = (digit: string) => UserId.parse(`00000000-0000-4000-8000-${digit.repeat(12)}`);
export const pageOf = (digit: string) => PageId.parse(`10000000-0000-4000-8000-${digit.repeat(12)}`);
export const by = (digit: string, page = digit): By => ({
  user: user(digit),
  page: pageOf(page),
  session: `session ${page}`,
  host: user('a'),
});
export const host = by('a');
export const wu = by('b');
export const li = by('c');
export const zhao = by('d');

export const open = (change: Partial<StageSettings> = {}): Stage => ({
  ...emptyStage,
  settings: { ...emptyStage.settings, mode: 'camera', ...change },
});
export const now = 1_000_000;
export const askFor = (media: 'voice' | 'camera' = 'voice', line: string | null = null): Wish => ({
  type: 'ask',
  media,
  line,
});

/** The stage after all of these, each of which must be accepted. */
export function after(stage: Stage, ...wishes: readonly (readonly [By, Wish, at?: number])[]): Stage {
  return wishes.reduce((current, [who, wish, at = now]) => {
    const decision = decide(current, who, wish, at);
    if (!decision.ok) throw new Error(`${wish.type} was refused: ${decision.fault}`);
    return decision.next;
  }, stage);
}
const faultOf = (decision: Decision) => (decision.ok ? null : decision.fault);
export const refusal = (stage: Stage, who: By, wish: Wish, at = now) => faultOf(decide(stage, who, wish, at));
export const admit = (who: By): Wish => ({ type: 'admit', user: who.user });
export const decline = (who: By): Wish => ({ type: 'decline', user: who.user });
export const inviteTo = (who: By, media: 'voice' | 'camera' = 'camera'): Wish => ({
  type: 'invite',
  user: who.user,
  media,
});
