import { account } from './account.ts';
import { app } from './app.ts';
import { audit } from './audit.ts';
import { chat } from './chat.ts';
import { fault } from './fault.ts';
import { groups } from './groups.ts';
import { invites } from './invites.ts';
import { live } from './live.ts';
import { start } from './start.ts';
import { starting } from './starting.ts';

/** The Chinese texts of every first screen, one part per feature. Plurals end in `_one` and `_other`. */
export const zh = { account, app, audit, chat, fault, groups, invites, live, start, starting };
