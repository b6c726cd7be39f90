import { z } from 'zod/mini';
import { GroupId } from './ids.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/**
 * `anyone` needs no session; `member` and above are checked by the route's feature for the group in the path.
 * `operator` is opened by the operator key alone, sent as `Authorization: Bearer <key>`.
 */
type Door = 'anyone' | 'signedIn' | 'operator';

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly door: Door;
  readonly params?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** The body is one picture file (raw bytes, `content-type: image/*`), at most `limits.pictureBytes`. */
  readonly upload?: true;
  readonly reply: z.ZodMiniType;
}

/** Keeps what exactly a route says, while it is checked to be one. */
export const route = <const R extends Route>(value: R): R => value;

export const inGroup = z.object({ group: GroupId });
export const Nothing = z.object({});
