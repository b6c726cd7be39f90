import { z } from 'zod/mini';
import { PictureId, Time, UserId } from './ids.ts';
import { DisplayName, Password, Username } from './text.ts';

/** What others see of a person. `picture` is fetched from `/api/pictures/<id>`; null: the default face. */
export const Person = z.object({ id: UserId, name: z.string(), picture: z.nullable(PictureId) });
export type Person = z.infer<typeof Person>;

/** 1 to 8, told from nothing but the id: the colour of a person's default face and of their hearts, on every page alike. */
export const colourOf = (user: string): number => (Number.parseInt(user.slice(-6), 16) % 8 || 0) + 1;

/** The signed-in person's own view. `consent` is the version of the live consent agreed to, or null. */
export const Me = z.object({
  id: UserId,
  username: z.string(),
  name: z.string(),
  picture: z.nullable(PictureId),
  operator: z.boolean(),
  consent: z.nullable(z.int()),
  since: Time,
});
export type Me = z.infer<typeof Me>;

/** What opens the door to a new account: the owner's first link, or an invite's code. Neither when sign-up is open. */
export const SignUp = z.object({
  username: Username,
  password: Password,
  name: z.optional(DisplayName),
  firstLink: z.optional(z.string().check(z.maxLength(200))),
  invite: z.optional(z.string().check(z.maxLength(200))),
});
export type SignUp = z.infer<typeof SignUp>;

export const SignIn = z.object({
  username: z.string().check(z.minLength(1), z.maxLength(64)),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
});
export type SignIn = z.infer<typeof SignIn>;

/** What a page must know before anybody is signed in. `owned`: the first link has been used. */
export const Site = z.object({ owned: z.boolean(), openSignUp: z.boolean() });
export type Site = z.infer<typeof Site>;
