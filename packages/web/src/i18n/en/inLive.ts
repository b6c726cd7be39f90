import { encoder } from './encoder.ts';
import { host } from './host.ts';
import { preview } from './preview.ts';
import { room } from './room.ts';
import { stage } from './stage.ts';
import { summary } from './summary.ts';

/** What is said only inside a live and after it; it travels with the first live that is opened. */
export const inLive = { encoder, host, preview, room, stage, summary };
