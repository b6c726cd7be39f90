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

/** Every English text, one part per feature. Plurals end in `_one` and `_other`. */
export const en = { account, app, chat, fault, groups, host, invites, live, preview, room, start, summary };
