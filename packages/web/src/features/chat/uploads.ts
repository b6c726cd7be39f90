import { ClientId, type GroupId, type PictureRef } from '@groupcast/protocol';
import type { Answer } from '../../api/answer.ts';
import type { Files } from './files.ts';
import type { Outbox } from './outbox.ts';
import { isUpload, type Uploading } from './unsent.ts';

export interface UploadsPorts {
  readonly outbox: Pick<Outbox, 'unsent' | 'upload' | 'uploadKept' | 'uploading' | 'stored' | 'refused'>;
  readonly files: Files;
  send(group: GroupId, file: Blob, onSent: (share: number) => void): Promise<Answer<PictureRef>>;
  newId(): string;
  /** An address under which this page can show the file. */
  show(file: Blob): string;
}

/** Takes pictures up to the server, one after the other, over reloads and lost lines. */
export class Uploads {
  readonly #ports: UploadsPorts;
  #running = false;

  constructor(ports: UploadsPorts) {
    this.#ports = ports;
  }

  /** Gives a picture its place in the row and begins to upload it. */
  async add(group: GroupId, file: Blob, size: { readonly width: number; readonly height: number }): Promise<void> {
    const { outbox, files, newId, show } = this.#ports;
    const id = ClientId.parse(newId());
    // From the call on the file can be read back; waiting for the disk would only show the row later.
    const kept = files.put(id, file);
    outbox.upload(id, group, size);
    outbox.uploading(id, { url: show(file) });
    await kept;
    outbox.uploadKept(id);
  }

  /** Uploads what waits, until nothing does or one has to wait longer. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#next(); next && (await this.#upload(next)); ) next = this.#next();
    this.#running = false;
  }

  /** False: nothing more is tried until `run` is called again. */
  async #upload({ clientId, group, body }: Uploading): Promise<boolean> {
    const { outbox, files, send, show } = this.#ports;
    outbox.uploading(clientId, { sent: 0 });
    const file = await files.get(clientId);
    if (!file) {
      outbox.refused(clientId, 'notAPicture');
      return true;
    }
    if (!body.url) outbox.uploading(clientId, { url: show(file) });
    const answer = await send(group, file, (sent) => outbox.uploading(clientId, { sent }));
    if ('ok' in answer) {
      outbox.stored(clientId, answer.ok);
      await files.drop(clientId);
      return true;
    }
    outbox.refused(clientId, answer.fault, answer.retryAfterMs);
    return false;
  }

  #next(): Uploading | undefined {
    return this.#ports.outbox.unsent
      .get()
      .filter(isUpload)
      .find(({ progress }) => progress.state === 'waiting');
  }
}
