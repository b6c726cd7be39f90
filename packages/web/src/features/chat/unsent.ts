import { ClientId, type FaultCode, GroupId, PictureRef } from '@groupcast/protocol';
import { z } from 'zod/mini';

/** A message on its way. It is kept in this browser until the server has acknowledged it. */
export const Kept = z.object({
  clientId: ClientId,
  group: GroupId,
  at: z.number(),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('picture'), picture: PictureRef }),
    // Its file is kept beside (`files.ts`), because this drawer holds text only.
    z.object({ kind: z.literal('upload'), width: z.number(), height: z.number() }),
  ]),
});
export type Kept = z.infer<typeof Kept>;

/** A picture still being uploaded, as this page shows it. */
export interface Uploading extends Omit<Kept, 'body'> {
  readonly body: Extract<Kept['body'], { kind: 'upload' }> & {
    /** Where this page can show it from; missing until the file has been read again after a reload. */
    readonly url?: string | undefined;
    /** 0 to 1 */
    readonly sent: number;
  };
}

/** A message whose content the server can take. */
export type Ready = Omit<Kept, 'body'> & { readonly body: Exclude<Kept['body'], { kind: 'upload' }> };

export type Progress =
  | { readonly state: 'sending' }
  /** Waits for the line, or for the time that the server asked for. */
  | { readonly state: 'waiting' }
  /** Acknowledged; its entry in the log is about to come. */
  | { readonly state: 'sent' }
  | { readonly state: 'refused'; readonly fault: FaultCode };

export type Unsent = With<Ready> | With<Uploading>;

type With<T> = T & { readonly progress: Progress };
export const isUpload = (one: Unsent): one is With<Uploading> => one.body.kind === 'upload';
export const isReady = (one: Unsent): one is With<Ready> => one.body.kind !== 'upload';
