import { ClientId, type FaultCode, faults, type GroupId, type PictureRef, SentMessage } from '@groupcast/protocol';
import { Cell, type Readable } from '../../media/cell.ts';
import type { Wire } from '../../realtime/wire.ts';
import type { Keep } from './keep.ts';
import { isReady, isUpload, type Kept, type Progress, type Unsent, type Uploading } from './unsent.ts';

export interface OutboxPorts {
  readonly wire: Pick<Wire, 'send' | 'line' | 'subscribe' | 'now'>;
  readonly keep: Pick<Keep, 'unsent' | 'put' | 'drop'>;
  /** A picture waits for its upload, and the line is open. */
  uploadWaits(): void;
  newId(): string;
  after(ms: number, act: () => void): () => void;
}

/** An `internal` fault may be this one message's; after so many it stops asking by itself. */
const triesOnInternal = 3;
const againMs = 2_000;

/** Messages until they are acknowledged, in the order they were written, over reloads and lost lines. Ends with `close()`. */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #unsent = new Cell<readonly Unsent[]>([]);
  readonly #busy = new Set<GroupId>();
  readonly #tries = new Map<ClientId, number>();
  readonly #stops: (() => void)[] = [];
  #closed = false;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#unsent.set(ports.keep.unsent().map(waiting));
    this.#stops.push(ports.wire.subscribe(() => this.#pumpAll()));
    this.#pumpAll();
  }

  get unsent(): Readable<readonly Unsent[]> {
    return this.#unsent;
  }

  text(group: GroupId, text: string): void {
    this.#add({
      clientId: ClientId.parse(this.#ports.newId()),
      group,
      at: this.#ports.wire.now(),
      body: { kind: 'text', text },
    });
  }

  /** A picture waits for its upload; it takes its place in the row now, for as long as the page. `Uploads` does the rest. */
  upload(clientId: ClientId, group: GroupId, size: { readonly width: number; readonly height: number }): void {
    this.#show({ clientId, group, at: this.#ports.wire.now(), body: { kind: 'upload', ...size } });
  }

  /** The file of an upload outlives the page: from here on its row does. */
  uploadKept(clientId: ClientId): void {
    const one = this.#find(clientId);
    if (!one || !isUpload(one)) return;
    const { width, height } = one.body;
    this.#ports.keep.put({ ...one, body: { kind: 'upload', width, height } });
  }

  /** How an upload stands: where it can be seen, how much of it has gone. */
  uploading(clientId: ClientId, part: Partial<Pick<Uploading['body'], 'url' | 'sent'>>): void {
    this.#change(clientId, (one) =>
      one.body.kind === 'upload'
        ? { ...one, body: { ...one.body, ...part }, progress: 'sent' in part ? { state: 'sending' } : one.progress }
        : one,
    );
  }

  /** The upload is stored: from here on it is a message like any other. */
  stored(clientId: ClientId, picture: PictureRef): void {
    const one = this.#find(clientId);
    if (!one) return;
    const kept: Kept = { clientId, group: one.group, at: one.at, body: { kind: 'picture', picture } };
    this.#ports.keep.put(kept);
    this.#change(clientId, () => waiting(kept));
    void this.#pump(one.group);
  }

  /** An upload was not taken: it waits when waiting helps, else its author decides. */
  refused(clientId: ClientId, fault: FaultCode, retryAfterMs?: number): void {
    const one = this.#find(clientId);
    if (one) this.#unacknowledged(one, fault, retryAfterMs);
  }

  retry(clientId: ClientId): void {
    const one = this.#find(clientId);
    if (!one) return;
    this.#tries.delete(clientId);
    this.#progress(clientId, { state: 'waiting' });
    void this.#pump(one.group);
  }

  discard(clientId: ClientId): void {
    this.#ports.keep.drop(clientId);
    this.#unsent.change((all) => all.filter((one) => one.clientId !== clientId));
  }

  /** Its entry has come: the log shows it from now on. */
  landed(clientIds: readonly (ClientId | null)[]): void {
    const come = new Set(clientIds);
    const left = this.#unsent.get().filter((one) => !come.has(one.clientId));
    if (left.length === this.#unsent.get().length) return;
    for (const id of come) if (id) this.#ports.keep.drop(id);
    this.#unsent.set(left);
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
  }

  #add(kept: Kept): void {
    this.#ports.keep.put(kept);
    this.#show(kept);
  }

  #show(kept: Kept): void {
    this.#unsent.change((all) => [...all, waiting(kept)]);
    void this.#pump(kept.group);
  }

  #pumpAll(): void {
    for (const group of new Set(this.#unsent.get().map((one) => one.group))) void this.#pump(group);
  }

  /** One message of a group at a time, so that they arrive in the order they were written. */
  async #pump(group: GroupId): Promise<void> {
    if (this.#closed || this.#ports.wire.line() !== 'open') return;
    const waits = this.#unsent.get().filter((one) => one.group === group && one.progress.state === 'waiting');
    if (waits.some(isUpload)) this.#ports.uploadWaits();
    const next = waits.find(isReady);
    if (!next || this.#busy.has(group)) return;
    this.#busy.add(group);
    this.#progress(next.clientId, { state: 'sending' });
    const { body } = next;
    const answer = await this.#ports.wire.send(
      {
        type: 'message.send',
        group,
        clientId: next.clientId,
        body: body.kind === 'text' ? body : { kind: 'picture', picture: body.picture.id },
      },
      SentMessage,
    );
    this.#busy.delete(group);
    if ('ok' in answer) {
      this.#ports.keep.drop(next.clientId);
      this.#progress(next.clientId, { state: 'sent' });
      await this.#pump(group);
    } else {
      this.#unacknowledged(next, answer.fault, answer.retryAfterMs);
    }
  }

  #unacknowledged(one: Unsent, fault: FaultCode, retryAfterMs = againMs): void {
    const tries = (this.#tries.get(one.clientId) ?? 0) + (fault === 'internal' ? 1 : 0);
    this.#tries.set(one.clientId, tries);
    const again = (faults[fault].retry || fault === 'notSignedIn') && tries < triesOnInternal;
    this.#progress(one.clientId, again ? { state: 'waiting' } : { state: 'refused', fault });
    const stop = this.#ports.after(again ? retryAfterMs : 0, () => void this.#pump(one.group));
    this.#stops.push(stop);
  }

  #find(clientId: ClientId): Unsent | undefined {
    return this.#unsent.get().find((one) => one.clientId === clientId);
  }

  #progress(clientId: ClientId, progress: Progress): void {
    this.#change(clientId, (one) => ({ ...one, progress }));
  }

  #change(clientId: ClientId, next: (one: Unsent) => Unsent): void {
    this.#unsent.change((all) => all.map((one) => (one.clientId === clientId ? next(one) : one)));
  }
}

const waiting = (kept: Kept): Unsent => {
  const { body, ...rest } = kept;
  const progress = { state: 'waiting' } as const;
  return body.kind === 'upload' ? { ...rest, body: { ...body, sent: 0 }, progress } : { ...rest, body, progress };
};
