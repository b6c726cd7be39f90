import type { Event, Group, GroupId, GroupJoined, Live, LiveId } from '@groupcast/protocol';
import { Cell, type Readable } from '../../media/cell.ts';
import type { OnAir } from '../host/index.ts';
import { type GroupLives, isRunning, livesJoined, noLives, reduceLives } from './model.ts';

/** A group this page has open or had open, with its lives. */
export interface KnownGroup {
  readonly group: Group;
  readonly lives: GroupLives;
}

export interface Invitation {
  readonly group: GroupId;
  readonly live: LiveId;
}

/** The one live that is on the stage of this page. Whether it is open or small in the corner is the address's matter. */
export type Stage =
  | { readonly state: 'closed' }
  | { readonly state: 'preview'; readonly group: Group }
  | { readonly state: 'room'; readonly group: GroupId; readonly live: LiveId }
  | { readonly state: 'onAir'; readonly group: GroupId; readonly live: LiveId; readonly onAir: OnAir };

/**
 * What this page knows about lives, and which one it shows. The chat passes on what the group's channel says; the
 * cards, the banner and the stage read from here.
 */
export class LiveDesk {
  readonly #groups = new Cell<ReadonlyMap<GroupId, KnownGroup>>(new Map());
  readonly #stage = new Cell<Stage>({ state: 'closed' });
  readonly #invitation = new Cell<Invitation | undefined>(undefined);
  readonly #own = new Cell<Live | undefined>(undefined);
  #shut = false;

  get groups(): Readable<ReadonlyMap<GroupId, KnownGroup>> {
    return this.#groups;
  }

  get stage(): Readable<Stage> {
    return this.#stage;
  }

  /** The newest state of this person's own live, wherever it was caused. */
  get own(): Readable<Live | undefined> {
    return this.#own;
  }

  /** Where this person is invited on stage, until they have said yes or no or it has lapsed. */
  get invitation(): Readable<Invitation | undefined> {
    return this.#invitation;
  }

  livesOf(group: GroupId): GroupLives {
    return this.#groups.get().get(group)?.lives ?? noLives;
  }

  /** The answer to joining a group's channel. */
  groupJoined(joined: GroupJoined): void {
    this.#know({ group: joined.group, lives: livesJoined(this.livesOf(joined.group.id), joined) });
  }

  /** Each event of a group's channel; those that are not about lives are passed over. */
  groupEvent(event: Event): void {
    if (event.type !== 'group.lives' && event.type !== 'group.counts') return;
    const known = this.#groups.get().get(event.group);
    if (known) this.#know({ ...known, lives: reduceLives(known.lives, event) });
  }

  /** The group's name, picture or members changed. */
  groupChanged(group: Group): void {
    this.#know({ group, lives: this.livesOf(group.id) });
  }

  /** Each event of the channel `me`; those that are not about an own live are passed over. */
  meEvent(event: Event): void {
    if (event.type === 'me.stage') this.#invited(event);
    if (event.type !== 'me.live') return;
    const had = this.#own.get();
    if (had?.id === event.live.id && had.epoch > event.live.epoch) return;
    this.#own.set(isRunning(event.live) || event.live.id === had?.id ? event.live : had);
  }

  /** Opens consent and preview for a new live. While this page is on air, nothing happens: answers false. */
  openPreview(group: Group): boolean {
    if (this.#stage.get().state === 'onAir') return false;
    this.#stage.set({ state: 'preview', group });
    return true;
  }

  /** Puts a live on the stage. While this page is on air with another one, nothing happens: answers false. */
  watch(group: GroupId, live: LiveId): boolean {
    const stage = this.#stage.get();
    if (stage.state === 'onAir') return stage.live === live;
    if (stage.state === 'room' && stage.live === live) return true;
    this.#stage.set({ state: 'room', group, live });
    return true;
  }

  /** This page sends from now on. A page that is shut already sends nothing. */
  goOnAir(group: GroupId, live: LiveId, onAir: OnAir): void {
    if (this.#shut) onAir.close();
    else this.#stage.set({ state: 'onAir', group, live, onAir });
  }

  /** Clears the stage, and closes what was still on air. */
  close(): void {
    const stage = this.#stage.get();
    if (stage.state === 'onAir') stage.onAir.close();
    this.#stage.set({ state: 'closed' });
  }

  /** The page lets its person go: no camera or microphone stays open behind a screen that does not show it. */
  shut(): void {
    this.#shut = true;
    this.close();
  }

  /** The page is theirs (again). */
  open(): void {
    this.#shut = false;
  }

  #invited({ group, live, part: { own } }: Extract<Event, { type: 'me.stage' }>): void {
    const had = this.#invitation.get();
    if (own.state === 'invited') this.#invitation.set({ group, live });
    else if (had?.live === live) this.#invitation.set(undefined);
  }

  #know(known: KnownGroup): void {
    this.#groups.change((groups) => new Map(groups).set(known.group.id, known));
  }
}
