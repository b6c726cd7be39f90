import { randomUUID } from 'node:crypto';
import { type Channel, LiveId, PageId, UserId } from '@groupcast/protocol';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createHub } from '../../adapters/bus/index.ts';
import { type ChannelDoor, ok, refuse } from '../../features/core/index.ts';
import { Channels } from './channels.ts';

const channel: Channel = `live:${LiveId.parse(randomUUID())}`;

/** One page before a door that counts who is inside; `hold` keeps the next one who enters between door and channel. */
function onePage() {
  let inside = 0;
  let hold: Promise<void> | null = null;
  const live: ChannelDoor = {
    async open() {
      inside += 1;
      await hold;
      const leave = () => {
        inside -= 1;
      };
      return ok({ answer: { channel: 'me', groups: [] }, place: { leave } });
    },
  };
  const nobody: ChannelDoor = { open: async () => refuse('notFound') };
  const user = UserId.parse(randomUUID());
  const person = { id: user, name: 'Ann', picture: null };
  const page = { user, session: randomUUID(), page: PageId.parse(randomUUID()), person };
  const channels = new Channels(
    { known: () => page, tell: () => {} },
    {
      doors: { live, group: nobody, me: nobody },
      hub: createHub(pino({ level: 'silent' }), (text) => Buffer.from(text)),
      limits: { channelsPerSocket: 5 },
    },
  );
  return {
    channels,
    inside: () => inside,
    holdNext: (until: Promise<void>) => {
      hold = until;
    },
  };
}

test('[VW2] a page that joins again is inside once, and leaves once', async () => {
  const { channels, inside } = onePage();
  await channels.join(channel, undefined, () => {});
  await channels.join(channel, undefined, () => {});
  expect(inside()).toBe(1);
  await channels.leave(channel);
  expect(inside()).toBe(0);
});

test('[VW2] a socket that closes while its page joins again takes one presence away, not two', async () => {
  const { channels, inside, holdNext } = onePage();
  await channels.join(channel, undefined, () => {});
  const { promise, resolve } = Promise.withResolvers<void>();
  holdNext(promise);
  const again = channels.join(channel, undefined, () => {});
  await expect.poll(inside).toBe(2);
  channels.close();
  resolve();
  await again;
  expect(inside()).toBe(0);
});
