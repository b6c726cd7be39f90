import {
  type FaultCode,
  type GuestMedia,
  type LiveId,
  type Stage,
  type StageCommand,
  StagePart,
  type StageSettings,
  type UserId,
} from '@groupcast/protocol';
import { Cell, type Readable } from '../../media/cell.ts';
import type { CommandInput, Wire } from '../../realtime/wire.ts';
import { joinedStage, type StageState, withPart, withStage } from './model.ts';

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
type Wanted = Without<Extract<CommandInput, { type: StageCommand['type'] }>, 'live'>;

/** One page's part in a live's lianmai. The room that has joined the live passes on what it hears. */
export class StageSession {
  readonly live: LiveId;
  readonly page: Wire['page'];
  readonly #wire: Wire;
  readonly #state = new Cell<StageState | undefined>(undefined);

  constructor(wire: Wire, live: LiveId) {
    this.live = live;
    this.page = wire.page;
    this.#wire = wire;
  }

  /** Missing until the live's channel is joined. */
  get state(): Readable<StageState | undefined> {
    return this.#state;
  }

  joined(answer: StageState): void {
    this.#state.change((state) => joinedStage(state, answer));
  }

  staged(stage: Stage | undefined): void {
    this.#state.change((state) => state && withStage(state, stage));
  }

  told(part: StagePart): void {
    this.#state.change((state) => state && withPart(state, part));
  }

  /** The page goes out of the live: it asks no more, and is off the stage, without waiting to be missed. */
  leave(): void {
    const own = this.#state.get()?.part.own;
    if (own?.state === 'asking' && own.page === this.page) void this.withdraw();
    if (own?.state === 'onStage' && own.page === this.page) void this.stepDown();
  }

  ask(media: GuestMedia, line: string): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.ask', media, ...(line === '' ? {} : { line }) });
  }

  withdraw(): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.withdraw' });
  }

  accept(media: GuestMedia): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.accept', media });
  }

  stepDown(): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.stepDown' });
  }

  invite(user: UserId, media: GuestMedia): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.invite', user, media });
  }

  admit(user: UserId): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.admit', user });
  }

  decline(user: UserId): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.decline', user });
  }

  remove(user: UserId): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.remove', user });
  }

  mute(user: UserId, muted: boolean): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.mute', user, muted });
  }

  helper(user: UserId, on: boolean): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.helper', user, on });
  }

  showScreen(shown: boolean): Promise<FaultCode | undefined> {
    return this.#send({ type: 'stage.screen', shown });
  }

  /** Changes settings, as this page sees them now. */
  set(change: Partial<StageSettings>): Promise<FaultCode | undefined> {
    const state = this.#state.get();
    // What was answered to the last change is known before everybody is told.
    const version = state ? Math.max(state.stage.version, state.part.version) : 0;
    return this.#send({ type: 'stage.set', version, change });
  }

  async #send(wanted: Wanted): Promise<FaultCode | undefined> {
    const answer = await this.#wire.send({ ...wanted, live: this.live }, StagePart);
    if ('fault' in answer) return answer.fault;
    this.told(answer.ok);
    return undefined;
  }
}
