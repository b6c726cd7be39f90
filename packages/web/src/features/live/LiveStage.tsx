import type { Stage } from './desk.ts';
import { LiveScreen } from './LiveScreen.tsx';
import { StageFrame } from './StageFrame.tsx';

export interface LiveStageProps {
  readonly stage: Exclude<Stage, { state: 'closed' }>;
  /** `bare`: consent is asked over the chat, there is no picture yet. */
  readonly view: 'open' | 'small' | 'bare';
}

/** A live with the frame it stands in: what a page loads when it first opens one. */
export function LiveStage({ stage, view }: LiveStageProps) {
  return (
    <StageFrame view={view}>
      <LiveScreen stage={stage} view={view === 'small' ? 'small' : 'open'} />
    </StageFrame>
  );
}
