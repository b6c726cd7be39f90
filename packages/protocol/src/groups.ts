import { z } from 'zod/mini';
import { ClientId, GroupId, InviteId, PictureId, Seq, Time, UserId } from './ids.ts';
import { MessagePreview } from './messages.ts';
import { Person } from './people.ts';
import { GroupName } from './text.ts';

export const Role = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof Role>;

/** A group as its members see it. `faces`: up to four members, for the mosaic of a group without a picture. */
export const Group = z.object({
  id: GroupId,
  name: z.string(),
  picture: z.nullable(PictureId),
  faces: z.array(Person),
  memberCount: z.int(),
  role: Role,
  since: Time,
});
export type Group = z.infer<typeof Group>;

/** A line of the list of groups. `posts` counts the group's messages, `readPosts` how many of them this member has seen: unread is their difference. `hosts` names who is live now, whoever began first. */
export const GroupLine = z.object({
  group: Group,
  posts: Seq,
  readPosts: Seq,
  last: z.nullable(MessagePreview),
  hosts: z.array(z.string()),
});
export type GroupLine = z.infer<typeof GroupLine>;

export const Member = z.object({ person: Person, role: Role, since: Time });
export type Member = z.infer<typeof Member>;

export const CreateGroup = z.object({ name: GroupName, clientId: ClientId });
export const RenameGroup = z.object({ name: GroupName });
export const ChangeRole = z.object({ role: Role });

/** An invite as its group's members see it. `code` goes into the link `/j/<code>`. Null limits mean without. */
export const Invite = z.object({
  id: InviteId,
  code: z.string(),
  by: Person,
  since: Time,
  until: z.nullable(Time),
  uses: z.int(),
  maxUses: z.nullable(z.int()),
});
export type Invite = z.infer<typeof Invite>;

/** `hours` until it expires (null: never), `maxUses` persons who may join by it (null: any number). */
export const CreateInvite = z.object({
  hours: z.nullable(z.int().check(z.positive(), z.maximum(24 * 365))),
  maxUses: z.nullable(z.int().check(z.positive(), z.maximum(100_000))),
  clientId: ClientId,
});

/** What somebody who holds a valid invite may see before joining. `member`: the signed-in person already belongs. */
export const InviteView = z.object({
  group: z.object({
    name: z.string(),
    memberCount: z.int(),
    faces: z.array(z.object({ id: UserId, name: z.string() })),
  }),
  by: z.string(),
  member: z.nullable(GroupId),
});
export type InviteView = z.infer<typeof InviteView>;
