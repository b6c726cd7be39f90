import type { Dice } from './dice.ts';
import type { Known } from './values.ts';

/** Everything of a request that can be broken, before it is bytes. */
export interface Draft {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Buffer;
  /** False once the bytes need not be a request any more: then a closed line is an answer, too. */
  whole: boolean;
  /** Sent slowly, or cut off in the middle. */
  manner: 'at once' | 'slowly' | 'half closed' | 'hung up';
}

export interface FuzzRequest {
  readonly bytes: Buffer;
  readonly whole: boolean;
  readonly manner: Draft['manner'];
  readonly shown: string;
}

/** Who asks, and from where. */
export interface Asker {
  readonly origin: string;
  readonly cookie: string;
  readonly known: Known;
}

/** What a page of ours would send; one of many addresses, as a proxy tells it. */
export function headersFor({ origin, cookie }: Asker, dice: Dice): Draft['headers'] {
  return [
    ['Host', new URL(origin).host],
    ['Origin', origin],
    ['Cookie', cookie],
    ['X-Forwarded-For', `10.1.${dice.below(256)}.${dice.below(256)}`],
    ['Connection', 'close'],
  ];
}

/** The draft as bytes. */
export function written({ method, target, headers, body, whole, manner }: Draft): FuzzRequest {
  const head = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
  const bytes = Buffer.concat([Buffer.from(head), body]);
  const shown = `${manner === 'at once' ? '' : `(${manner}) `}${JSON.stringify(bytes.toString('latin1').slice(0, 1_500))}`;
  return { bytes, whole: whole && manner === 'at once', manner, shown };
}
