import { api, type Me, type UserId } from '@groupcast/protocol';
import type { Refusal } from '../../api/answer.ts';
import { call } from '../../api/client.ts';
import { Cell, type Readable } from '../../media/cell.ts';

/** Who is at this page. `expired`: was signed in until just now, without having signed out. */
export type SessionState =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'out'; readonly expired: boolean }
  | { readonly state: 'in'; readonly me: Me };

/** The page's session: asked once at the start, then told by sign-in, sign-out and the wire. */
export class Session {
  readonly #state = new Cell<SessionState>({ state: 'asking' });
  /** Forgets what this browser keeps for a person. */
  readonly #forget: (user: UserId) => void;

  constructor(forget: (user: UserId) => void) {
    this.#forget = forget;
  }

  get state(): Readable<SessionState> {
    return this.#state;
  }

  async ask(): Promise<void> {
    const answer = await call(api.me);
    if ('ok' in answer) this.#state.set({ state: 'in', me: answer.ok });
    else if (answer.fault === 'notSignedIn') this.#state.set({ state: 'out', expired: false });
    else this.#state.set({ state: 'unreachable' });
  }

  signedIn(me: Me): void {
    this.#state.set({ state: 'in', me });
  }

  /** The sign-in ended elsewhere or by time; drafts and unsent messages stay. */
  expired(): void {
    if (this.#state.get().state === 'in') this.#state.set({ state: 'out', expired: true });
  }

  /** Ends the session on purpose, here or everywhere, and leaves nothing of it in this browser. */
  async signOut(where: 'here' | 'everywhere'): Promise<Refusal | undefined> {
    const before = this.#state.get();
    const answer = await call(where === 'here' ? api.signOut : api.signOutEverywhere);
    if ('fault' in answer && answer.fault !== 'notSignedIn') return answer;
    if (before.state === 'in') this.#forget(before.me.id);
    this.#state.set({ state: 'out', expired: false });
    return undefined;
  }
}
