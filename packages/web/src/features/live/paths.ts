import { GroupId, LiveId } from '@groupcast/protocol';

/** Which live an address of this app is about. */
export interface LivePlace {
  readonly group: GroupId;
  readonly live: LiveId;
  readonly summary: boolean;
}

export const groupPath = (group: GroupId): string => `/g/${group}`;
export const livePath = (group: GroupId, live: LiveId): string => `/g/${group}/live/${live}`;
export const summaryPath = (group: GroupId, live: LiveId): string => `${livePath(group, live)}/summary`;

/** Reads an address; anything that is no live's address, or not shaped like one, is undefined. */
export function placeOf(path: string): LivePlace | undefined {
  const [, group, live, summary] = /^\/g\/([^/]+)\/live\/([^/]+)(\/summary)?\/?$/.exec(path) ?? [];
  const [parsedGroup, parsedLive] = [GroupId.safeParse(group), LiveId.safeParse(live)];
  if (!parsedGroup.success || !parsedLive.success) return undefined;
  return { group: parsedGroup.data, live: parsedLive.data, summary: summary !== undefined };
}
