import { account } from './account.ts';
import { app } from './app.ts';
import { chat } from './chat.ts';
import { fault } from './fault.ts';
import { groups } from './groups.ts';
import { host } from './host.ts';
import { invites } from './invites.ts';
import { live } from './live.ts';
import { preview } from './preview.ts';
import { room } from './room.ts';
import { start } from './start.ts';
import { summary } from './summary.ts';

/** Every Chinese text, one part per feature. Chinese has one plural form, `_other`; `_one` is there so that both have the same keys. */
export const zh = { account, app, chat, fault, groups, host, invites, live, preview, room, start, summary };
