import type { Me } from '@groupcast/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { useSession } from '../features/account/index.ts';
import { ChatContext } from '../features/chat/index.ts';
import { DirectoryContext } from '../features/groups/index.ts';
import { LiveProvider, useLiveDesk } from '../features/live/index.ts';
import { browserWire } from '../realtime/browser.ts';
import { useWire, WireContext } from '../realtime/context.tsx';
import type { SocketWire } from '../realtime/socketWire.ts';
import { type Desk, openModels } from './desk.ts';
import { Shell } from './Shell.tsx';
import { useUpdates } from './useUpdates.ts';

/** Everything for somebody who is signed in: one wire, the models on it, and the shell that draws them. */
export function Inside({ me }: { readonly me: Me }) {
  const session = useSession();
  return (
    <Wired>
      <LiveProvider me={me} onMe={(changed) => session.signedIn(changed)}>
        <Models me={me}>
          <Shell />
        </Models>
      </LiveProvider>
    </Wired>
  );
}

/** Opens the wire, and closes the page's inside when the wire says that the session is over. */
function Wired({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  const [wire, setWire] = useState<SocketWire>();
  useEffect(() => {
    const opened = browserWire();
    setWire(opened.wire);
    const stop = opened.wire.subscribe(() => {
      if (opened.wire.line() === 'signedOut') session.expired();
    });
    return () => {
      stop();
      opened.stop();
    };
  }, [session]);
  return wire ? <WireContext value={wire}>{children}</WireContext> : null;
}

function Models({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const wire = useWire();
  const lives = useLiveDesk();
  const [desk, setDesk] = useState<Desk>();
  useUpdates();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed name or picture is no reason to begin anew
  useEffect(() => {
    const opened = openModels(wire, me, lives);
    setDesk(opened);
    return () => opened.close();
  }, [wire, lives, me.id]);
  if (!desk) return null;
  return (
    <DirectoryContext value={desk.directory}>
      <ChatContext value={desk.chat}>{children}</ChatContext>
    </DirectoryContext>
  );
}
