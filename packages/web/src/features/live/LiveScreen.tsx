import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { Capture } from '../../media/capture.ts';
import { useWire } from '../../realtime/context.tsx';
import { useLifetime } from '../../ui/useLifetime.ts';
import { prepareByEncoder } from '../encoder/index.ts';
import { goLive } from '../host/index.ts';
import { type NewLive, Preview } from '../preview/index.ts';
import { RoomSession } from '../room/index.ts';
import { Gate } from '../starting/index.ts';
import { useLives } from './context.tsx';
import type { Stage } from './desk.ts';
import { OnStage } from './OnStage.tsx';
import { livePath } from './paths.ts';

type Shown = Exclude<Stage, { state: 'closed' }>;

/** What is on the stage: the preview of a live to come, or one live. */
export function LiveScreen({ stage, view }: { readonly stage: Shown; readonly view: 'open' | 'small' }) {
  if (stage.state === 'preview') return <Before stage={stage} />;
  return <During key={stage.live} stage={stage} view={view} />;
}

function Before({ stage }: { readonly stage: Extract<Shown, { state: 'preview' }> }) {
  const wire = useWire();
  const { desk, me, onMe } = useLives();
  const [, go] = useLocation();
  const { group } = stage;
  const start = async (capture: Capture, wanted: NewLive) => {
    const answer = await goLive(wire, capture, wanted);
    if ('fault' in answer) return answer.fault;
    desk.goOnAir(group.id, answer.ok.live, answer.ok);
    go(livePath(group.id, answer.ok.live));
    return undefined;
  };
  const prepare = async (wanted: Omit<NewLive, 'audioOnly'>) => {
    const answer = await prepareByEncoder(wire, wanted);
    if ('fault' in answer) return answer.fault;
    go(livePath(group.id, answer.ok.id));
    return undefined;
  };
  const close = () => desk.close();
  return (
    <Gate group={group} onClose={close}>
      {(onlySound) => <Preview {...{ group, me, onMe, onlySound }} onGo={start} onEncoder={prepare} onClose={close} />}
    </Gate>
  );
}

function During({
  stage,
  view,
}: {
  readonly stage: Exclude<Shown, { state: 'preview' }>;
  readonly view: 'open' | 'small';
}) {
  const wire = useWire();
  const { me } = useLives();
  const { live } = stage;
  const session = useLifetime(
    useCallback(() => new RoomSession(wire, live, me.id, sessionStorage), [wire, live, me.id]),
  );
  return session ? <OnStage stage={stage} view={view} session={session} /> : null;
}
