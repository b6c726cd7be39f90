import { api, PageId } from '@groupcast/protocol';
import { call } from '../api/client.ts';
import { newId } from '../ui/newId.ts';
import type { Socket, SocketEars } from './line.ts';
import { SocketWire } from './socketWire.ts';

/** A phone that slept this long may hold a socket whose other end is gone. */
const doubtAfterMs = 10_000;

/** The wire of this browser: real socket, real clock, and the browser's own hints about the network. Returns it and its end. */
export function browserWire(): { readonly wire: SocketWire; stop(): void } {
  const wire = new SocketWire(PageId.parse(newId()), {
    open: openSocket,
    signedIn: async () => {
      const answer = await call(api.me);
      if ('ok' in answer) return true;
      return answer.fault === 'notSignedIn' ? false : undefined;
    },
    random: Math.random,
    clock: Date.now,
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  });
  const ending = new AbortController();
  const { signal } = ending;
  const doubt = () => {
    if (document.visibilityState === 'visible' && Date.now() - wire.heardAt() > doubtAfterMs) wire.probe();
  };
  addEventListener('online', () => wire.probe(), { signal });
  addEventListener('offline', () => wire.cut(), { signal });
  addEventListener('pageshow', doubt, { signal });
  document.addEventListener('visibilitychange', doubt, { signal });
  return {
    wire,
    stop: () => {
      ending.abort();
      wire.close();
    },
  };
}

function openSocket(ears: SocketEars): Socket {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`);
  socket.onopen = () => ears.opened();
  socket.onclose = ({ code, reason }) => ears.closed(code, reason);
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string') ears.frame(data);
  };
  return socket;
}
