import type { GroupId, UserId } from '@groupcast/protocol';
import type { Hub } from '../../adapters/bus/index.ts';
import type { Db } from '../../adapters/postgres/index.ts';
import type { ChannelDoor, Routes, Signals } from '../core/index.ts';
import type { Messages } from '../messages/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { createGroupDoor, createMeDoor, type DoorPorts } from './doors.ts';
import * as handlers from './handlers.ts';
import * as store from './store.ts';
import * as views from './views.ts';

export { mayManage, rehearsalDomain } from './rules.ts';
export { admit, membership } from './store.ts';

export interface GroupsWorld {
  readonly db: Db;
  readonly hub: Hub;
  readonly signals: Signals;
  readonly messages: Messages;
  readonly pictures: Pictures;
  /** What runs in a group, for the answer to a join, and its end when the group goes. */
  readonly running: Pick<DoorPorts, 'runningLives' | 'viewers'> & Pick<handlers.GroupPorts, 'endLives'>;
}

type GroupRoute =
  | 'groups'
  | 'createGroup'
  | 'group'
  | 'renameGroup'
  | 'deleteGroup'
  | 'putGroupPicture'
  | 'deleteGroupPicture'
  | 'members'
  | 'changeRole'
  | 'removeMember';

export interface Groups {
  readonly routes: Routes<GroupRoute>;
  readonly groupDoor: ChannelDoor;
  readonly meDoor: ChannelDoor;
  /** Tells everybody who has the group open that something about it changed. */
  changed(group: GroupId): void;
  /** Lets everybody concerned know of somebody who has just come in. */
  welcome(group: GroupId, user: UserId): void;
  close(): void;
}

/** Groups, their members and roles, and the way into their channels. SPEC GR. */
export function createGroups({ db, hub, signals, messages, pictures, running }: GroupsWorld): Groups {
  const changed = (group: GroupId) => hub.publish(`group:${group}`, { type: 'group.changed', group });
  const listChanged = (user: UserId) => hub.tell(user, { type: 'me.groups' });
  const doorPorts: DoorPorts = {
    read: (group, user) => views.readGroup(db, group, user),
    readLines: (user) => views.readLines(db, user),
    openLog: (group, since) => messages.open(group, since),
    runningLives: running.runningLives,
    viewers: running.viewers,
  };
  const ports: handlers.GroupPorts = {
    store: {
      create: (owner, name, clientId) => store.createGroup(db, owner, name, clientId),
      read: (group, user) => views.readGroup(db, group, user),
      readLines: (user) => views.readLines(db, user),
      readMembers: (group) => views.readMembers(db, group),
      rename: (group, by, name) => store.renameGroup(db, group, by, name),
      replacePicture: (group, by, picture) => store.replacePicture(db, group, by, picture),
      changeRole: (group, by, user, role) => store.changeRole(db, group, by, user, role),
      removeMember: (group, by, user) => store.removeMember(db, group, by, user),
      delete: (group, by) => store.deleteGroup(db, group, by),
    },
    pictures,
    endLives: running.endLives,
    announce: (group, entries) => messages.announce(group, entries),
    changed,
    listChanged,
    emit: (signal) => signals.emit(signal),
  };
  // Everybody who has a group open with this person in it sees their new name and face.
  const stop = signals.on('personChanged', async ({ user }) => {
    for (const group of await store.groupsOf(db, user)) changed(group);
  });

  return {
    routes: {
      groups: ({ actor }) => handlers.list(ports, actor),
      createGroup: ({ actor, body }) => handlers.create(ports, actor, body),
      group: ({ actor, params }) => handlers.read(ports, actor, params.group),
      renameGroup: ({ actor, params, body }) => handlers.rename(ports, actor, params.group, body.name),
      deleteGroup: ({ actor, params }) => handlers.remove(ports, actor, params.group),
      putGroupPicture: ({ actor, params, body }) => handlers.putPicture(ports, actor, params.group, body),
      deleteGroupPicture: ({ actor, params }) => handlers.deletePicture(ports, actor, params.group),
      members: ({ actor, params }) => handlers.members(ports, actor, params.group),
      changeRole: ({ actor, params, body }) => handlers.changeRole(ports, actor, params, body.role),
      removeMember: ({ actor, params }) => handlers.removeMember(ports, actor, params),
    },
    groupDoor: createGroupDoor(doorPorts),
    meDoor: createMeDoor(doorPorts),
    changed,
    welcome(group, user) {
      signals.emit({ type: 'memberJoined', group, user });
      listChanged(user);
      changed(group);
    },
    close: stop,
  };
}
