import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { faults, isFaultCode } from '@groupcast/protocol';
import { z } from 'zod/mini';
import type { FuzzRequest } from './draft.ts';
import { dial } from './line.ts';

/** What became of a request: its status and fault, 0 when the line was closed without one, or nothing at all. */
export type Reply =
  | {
      readonly what: 'answered';
      readonly status: number;
      readonly fault: string | null;
      readonly incident: string | null;
    }
  | { readonly what: 'closed' }
  | { readonly what: 'silent' }
  | { readonly what: 'unreachable' };

const patienceMs = 15_000;
/** What is not a whole request may be waited for by the server as long as it likes. */
const shortlyMs = 150;
const Fault = z.object({ fault: z.string(), incident: z.optional(z.string()) });

/** Sends a request's bytes as they are, in the manner it wants. */
export async function askFor(origin: string, request: FuzzRequest): Promise<Reply> {
  const socket = await dial(origin);
  if (!socket) return { what: 'unreachable' };
  const got: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    got.push(chunk);
    // An upgrade that went well stays open.
    if (chunk.subarray(0, 12).toString('latin1') === 'HTTP/1.1 101') socket.destroy();
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await write(socket, request);
  const late = new AbortController();
  const inTime = await Promise.race([
    closed.then(() => true),
    delay(request.whole ? patienceMs : shortlyMs, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  socket.destroy();
  return replyIn(Buffer.concat(got), inTime);
}

async function write(socket: Socket, { bytes, manner }: FuzzRequest): Promise<void> {
  switch (manner) {
    case 'at once':
      socket.write(bytes);
      return;
    case 'half closed':
      socket.end(bytes);
      return;
    case 'hung up':
      socket.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      await delay(2);
      socket.destroy();
      return;
    case 'slowly':
      for (let at = 0; at < 20 && !socket.destroyed; at += 1) {
        socket.write(bytes.subarray(at, at + 1));
        await delay(50);
      }
      socket.destroy();
  }
}

function replyIn(bytes: Buffer, inTime: boolean): Reply {
  const text = bytes.toString('latin1');
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  if (status === undefined) return { what: inTime ? 'closed' : 'silent' };
  const [, body = ''] = /\r\n\r\n(\{"fault".*\})/s.exec(text) ?? [];
  const told = Fault.safeParse(json(body)).data;
  return { what: 'answered', status: Number(status), fault: told?.fault ?? null, incident: told?.incident ?? null };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Why an answer must not have been given; null: it may. */
export function complaintAbout({ whole }: FuzzRequest, reply: Reply): string | null {
  switch (reply.what) {
    case 'answered':
      if (reply.fault !== null && !isFaultCode(reply.fault)) return `unknown fault ${reply.fault}`;
      return reply.status < 500 || isForNow(reply) ? null : `status ${reply.status}, incident ${reply.incident}`;
    case 'closed':
      return whole ? 'closed without an answer' : null;
    case 'silent':
      return whole ? `no answer within ${patienceMs / 1_000} s` : null;
    case 'unreachable':
      return 'nobody took the connection';
  }
}

/** Busy or unavailable, which says that it passes. */
export const isForNow = (reply: Reply): boolean =>
  reply.what === 'answered' && reply.status === faults.unavailable.status;
