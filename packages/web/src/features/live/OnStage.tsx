import type { Live } from '@groupcast/protocol';
import { useCallback, useContext, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useLifetime } from '../../ui/useLifetime.ts';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import { EncoderRoom, EncoderWaiting } from '../encoder/index.ts';
import { HostRoom, ReturnPanel } from '../host/index.ts';
import { RoomScreen, type RoomSession } from '../room/index.ts';
import { useLives } from './context.tsx';
import type { Stage } from './desk.ts';
import { FillContext } from './fill.ts';
import { isRunning, neighbours, type Running, running } from './model.ts';
import { groupPath, livePath, summaryPath } from './paths.ts';
import type { Watches } from './watches.ts';

export interface OnStageProps {
  readonly stage: Extract<Stage, { state: 'room' | 'onAir' }>;
  readonly view: 'open' | 'small';
  readonly session: RoomSession;
}

/** One live: the host's own room where this page sends, the way back for a host who does not, else a viewer's room. */
export function OnStage({ stage, view, session }: OnStageProps) {
  const { desk, me } = useLives();
  const [, go] = useLocation();
  const { group, live } = stage;
  const known = useReadable(desk.groups).get(group);
  const shown = useReadablePart(session.view, ({ room }) => room?.live);
  const [here, setHere] = useState(false);
  const leave = useCallback(() => {
    desk.close();
    go(groupPath(group), { replace: true });
  }, [desk, go, group]);
  const showSummary = useCallback(() => {
    desk.close();
    go(summaryPath(group, live), { replace: true });
  }, [desk, go, group, live]);

  if (stage.state === 'onAir') {
    return (
      <HostRoom
        me={me}
        session={session}
        onAir={stage.onAir}
        view={view}
        onOpen={() => go(livePath(group, live))}
        onMinimise={() => go(groupPath(group), { replace: true })}
        onOver={showSummary}
        onLeave={leave}
      />
    );
  }
  const now = shown ?? known?.lives.lives.find(({ id }) => id === live);
  if (now?.host.id !== me.id) return <Viewer stage={stage} view={view} session={session} live={now} />;
  if (now.encoder && now.state === 'preparing') return <EncoderWaiting live={now} onLeave={leave} />;
  if (!isRunning(now)) return <Ended live={now} onSummary={showSummary} onLeave={leave} />;
  if (now.encoder && !here) return <ByEncoder {...{ stage, view, session }} live={now} onHere={() => setHere(true)} />;
  // A preview in the corner would be a camera that nobody looks at.
  if (view === 'small') return <Away onAway={() => desk.close()} />;
  return (
    <ReturnPanel
      me={me}
      live={now}
      groupName={known?.group.name ?? ''}
      onAir={(onAir) => desk.goOnAir(group, live, onAir)}
      onLeave={leave}
    />
  );
}

function Ended({
  live,
  onSummary,
  onLeave,
}: {
  readonly live: Live;
  readonly onSummary: () => void;
  readonly onLeave: () => void;
}) {
  useEffect(() => (live.state === 'ended' ? onSummary() : onLeave()), [live.state, onSummary, onLeave]);
  return null;
}

function Away({ onAway }: { readonly onAway: () => void }) {
  useEffect(onAway, [onAway]);
  return null;
}

/** The own live, sent by an encoder: what members see is shown here, too. */
function ByEncoder({
  stage,
  view,
  session,
  live,
  onHere,
}: OnStageProps & { readonly live: Running; readonly onHere: () => void }) {
  const { watches, me } = useLives();
  const [, go] = useLocation();
  const watching = useWatch(watches, live.id, true);
  return (
    <EncoderRoom
      {...{ me, live, session, watching, view, onHere }}
      onOpen={() => go(livePath(stage.group, live.id))}
      onMinimise={() => go(groupPath(stage.group), { replace: true })}
    />
  );
}

function Viewer({ stage, view, session, live: now }: OnStageProps & { readonly live: Live | undefined }) {
  const { desk, watches, me } = useLives();
  const [, go] = useLocation();
  const { filled, setFilled } = useContext(FillContext);
  const { group, live } = stage;
  const known = useReadable(desk.groups).get(group);
  const watched = now !== undefined && isRunning(now);
  const watch = useWatch(watches, live, watched);
  const lives = known ? running(known.lives).filter(({ host }) => host.id !== me.id) : [];
  const around = neighbours(lives, live);
  useNextPrepared(around.next?.id);
  const others = lives.filter(({ id }) => id !== live);
  return (
    <RoomScreen
      me={me}
      session={session}
      watching={watch}
      view={view}
      groupName={known?.group.name ?? ''}
      others={others}
      around={around}
      admin={known !== undefined && known.group.role !== 'member'}
      filled={filled}
      onFill={setFilled}
      onOpen={() => go(livePath(group, live))}
      onMinimise={() => go(groupPath(group), { replace: true })}
      onLeave={() => {
        desk.close();
        if (view === 'open') go(groupPath(group), { replace: true });
      }}
      onSwitch={(other) => go(livePath(other.group, other.id), { replace: true })}
    />
  );
}

/** A way in is good for two minutes; it is fetched again before that. */
const prepareEveryMs = 60_000;

/** Swiping on must not wait for a way in. Nobody counts as a viewer for it. */
function useNextPrepared(next: Live['id'] | undefined): void {
  const { ways } = useLives();
  useEffect(() => {
    if (!next) return;
    ways.prepare(next);
    const timer = setInterval(() => ways.prepare(next), prepareEveryMs);
    return () => clearInterval(timer);
  }, [next, ways]);
}

/** The picture, for as long as the live runs. */
function useWatch(watches: Watches, live: Live['id'], wanted: boolean) {
  const make = useCallback(() => (wanted ? watches.take(live) : new NoWatch()), [watches, live, wanted]);
  const watch = useLifetime(make);
  return useReadable(watch?.watching ?? nobody.watching);
}

/** Stands in while there is nothing to watch. */
class NoWatch {
  readonly watching = { get: () => undefined, subscribe: () => () => undefined };
  close(): void {}
}

const nobody = new NoWatch();
