import { z } from 'zod/mini';

/** Where an encoder such as OBS sends, by WHIP (RFC 9725), with the person's key as its bearer token. */
export const whipPath = '/whip';

/** A person's own key; null: there is none, and no encoder gets in. */
export const EncoderKey = z.object({ key: z.nullable(z.string()) });
export type EncoderKey = z.infer<typeof EncoderKey>;
