import { z } from 'zod/mini';

const Uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

export const UserId = Uuid.brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

export const GroupId = Uuid.brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

export const LiveId = Uuid.brand<'LiveId'>();
export type LiveId = z.infer<typeof LiveId>;

export const InviteId = Uuid.brand<'InviteId'>();
export type InviteId = z.infer<typeof InviteId>;

export const PictureId = Uuid.brand<'PictureId'>();
export type PictureId = z.infer<typeof PictureId>;

/** Chosen by the client for what it creates; unique per author, so that a repeat answers what the first did. */
export const ClientId = Uuid.brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;

/** The nonce of one open page of one person; made by the page when it loads. */
export const PageId = Uuid.brand<'PageId'>();
export type PageId = z.infer<typeof PageId>;

/** Place in a channel's log: 1, 2, 3 … without holes. 0 means "before the first". */
export const Seq = z.int().check(z.nonnegative());

/** Epoch milliseconds, always the database's clock. */
export const Time = z.int().check(z.nonnegative());
