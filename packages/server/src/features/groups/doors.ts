import {
  type Channel,
  type Group,
  GroupId,
  type GroupJoined,
  type GroupLine,
  type MeJoined,
  type UserId,
} from '@groupcast/protocol';
import type { z } from 'zod/mini';
import { type ChannelDoor, type Opened, ok, refuse } from '../core/index.ts';

type Joined = z.infer<typeof GroupJoined>;

export interface DoorPorts {
  read(group: GroupId, user: UserId): Promise<{ group: Group; readPosts: number } | null>;
  readLines(user: UserId): Promise<GroupLine[]>;
  openLog(
    group: GroupId,
    since: number | undefined,
  ): Promise<Pick<Joined, 'seq' | 'posts' | 'fresh' | 'more' | 'entries'> | null>;
  runningLives(group: GroupId, viewer: UserId): Promise<Joined['running']>;
  viewers(group: GroupId): Joined['viewers'];
}

const groupOf = (channel: Channel): GroupId | null =>
  GroupId.safeParse(channel.startsWith('group:') ? channel.slice('group:'.length) : '').data ?? null;

/** The way into `group:<id>`: for its members; everybody else gets `notFound`. */
export function createGroupDoor(ports: DoorPorts): ChannelDoor {
  return {
    async open({ user }, channel, since) {
      const id = groupOf(channel);
      const found = id && (await ports.read(id, user));
      const log = id && found && (await ports.openLog(id, since));
      if (!log) return refuse('notFound');
      const answer = {
        channel,
        ...log,
        ...found,
        running: await ports.runningLives(id, user),
        viewers: ports.viewers(id),
      } satisfies Joined;
      return ok({ answer } satisfies Opened);
    },
  };
}

/** The way into one's own channel: everybody has one. */
export function createMeDoor(ports: Pick<DoorPorts, 'readLines'>): ChannelDoor {
  return {
    async open({ user }, channel) {
      const answer = { channel, groups: await ports.readLines(user) } satisfies z.infer<typeof MeJoined>;
      return ok({ answer });
    },
  };
}
