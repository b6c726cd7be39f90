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
  ]),
});
export type Kept = z.infer<typeof Kept>;

/** A picture still being uploaded. Its file lives only as long as the page. */
export interface Uploading {
  readonly clientId: ClientId;
  readonly group: GroupId;
  readonly at: number;
  readonly body: {
    readonly kind: 'upload';
    readonly url: string;
    readonly width: number;
    readonly height: number;
    readonly sent: number;
  };
}

export type Progress =
  | { readonly state: 'sending' }
  /** Waits for the line, or for the time that the server asked for. */
  | { readonly state: 'waiting' }
  /** Acknowledged; its entry in the log is about to come. */
  | { readonly state: 'sent' }
  | { readonly state: 'refused'; readonly fault: FaultCode };

export type Unsent = (Kept | Uploading) & { readonly progress: Progress };
