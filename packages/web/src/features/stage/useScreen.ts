import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { canShowScreen } from '../../media/devices.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import type { StageSession } from './session.ts';

export interface OwnScreen {
  /** Whether this page may show a screen, now or later. */
  readonly can: boolean;
  readonly shown: boolean;
  toggle(): Promise<void>;
}

/**
 * This page's screen, and its place on the stage. Both go together: what the browser stops is taken from the stage,
 * and what the stage gives to somebody else is closed.
 */
export function useScreen(session: StageSession, capture: Capture, me: string, allowed: boolean): OwnScreen {
  const { t } = useTranslation();
  const say = useToast();
  const { screen } = useReadable(capture.state);
  const stage = useReadablePart(session.state, (state) => state?.stage);
  const mine = stage?.screen === me;
  const had = useRef(false);

  useEffect(() => {
    if (mine) had.current = true;
    else if (had.current) {
      had.current = false;
      capture.hideScreen();
    }
  }, [mine, capture]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what failed is tried again when the stage is told anew
  useEffect(() => {
    if (mine && screen.state === 'off') void session.showScreen(false);
  }, [mine, screen.state, session, stage]);

  const toggle = async () => {
    if (screen.state === 'on') return capture.hideScreen();
    const failure = await capture.showScreen();
    if (failure)
      return say({ text: t(failure === 'insecure' ? 'stage.screenUnable' : 'stage.screenFailed'), look: 'problem' });
    if (capture.state.get().screen.state !== 'on') return;
    const fault = await session.showScreen(true);
    if (!fault) return;
    capture.hideScreen();
    say({ text: t(`fault.${fault}`), look: 'problem' });
  };
  return { can: allowed && canShowScreen(), shown: screen.state === 'on', toggle };
}
