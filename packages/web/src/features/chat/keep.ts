import type { GroupId, UserId } from '@groupcast/protocol';
import { browserFiles } from './files.ts';
import { Kept } from './unsent.ts';

const root = 'groupcast.';
const outboxOf = (user: UserId) => `${root}unsent.${user}.`;
const draftOf = (user: UserId, group: GroupId) => `${root}draft.${user}.${group}`;

/** What one person has typed on this device and not yet sent. One entry per message, so that two tabs do not overwrite each other. */
export class Keep {
  readonly #storage: Storage;
  readonly #user: UserId;

  constructor(storage: Storage, user: UserId) {
    this.#storage = storage;
    this.#user = user;
  }

  unsent(): readonly Kept[] {
    return keysOf(this.#storage, outboxOf(this.#user))
      .map((key) => Kept.safeParse(json(this.#storage.getItem(key))))
      .flatMap((parsed) => (parsed.success ? [parsed.data] : []))
      .sort((a, b) => a.at - b.at);
  }

  /** False: this browser keeps nothing (full, or private); the message still lives as long as the page. */
  put({ clientId, group, at, body }: Kept): boolean {
    return this.#write(outboxOf(this.#user) + clientId, JSON.stringify({ clientId, group, at, body }));
  }

  drop(clientId: string): void {
    this.#storage.removeItem(outboxOf(this.#user) + clientId);
  }

  draft(group: GroupId): string {
    return this.#storage.getItem(draftOf(this.#user, group)) ?? '';
  }

  putDraft(group: GroupId, text: string): void {
    if (text) this.#write(draftOf(this.#user, group), text);
    else this.#storage.removeItem(draftOf(this.#user, group));
  }

  #write(key: string, value: string): boolean {
    try {
      this.#storage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }
}

/** Takes everything that a person has left in this browser away. */
export function forget(user: UserId): void {
  for (const storage of [localStorage, sessionStorage]) forgetIn(storage, user);
  void browserFiles(user).keepOnly([]);
}

function forgetIn(storage: Storage, user: UserId): void {
  for (const prefix of [outboxOf(user), `${root}draft.${user}.`]) {
    for (const key of keysOf(storage, prefix)) storage.removeItem(key);
  }
}

const keysOf = (storage: Storage, prefix: string): readonly string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  );

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
