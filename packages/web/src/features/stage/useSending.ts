import type { Guest } from '@groupcast/protocol';
import { useEffect, useState } from 'react';
import { Capture } from '../../media/capture.ts';
import type { Watching } from '../../media/watching.ts';

/**
 * Camera and microphone of a page for as long as it is on stage; undefined while it is not. Who looks elsewhere at the
 * moment they are taken finds both off: nothing is ever sent unseen.
 */
export function useSending(guest: Guest | undefined, watching: Watching | undefined): Capture | undefined {
  const [capture, setCapture] = useState<Capture>();
  const on = guest !== undefined;
  const voiceOnly = guest?.media === 'voice';
  const muted = guest?.muted === true;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what may be sent later changes the devices, it does not open them anew
  useEffect(() => {
    if (!on || !watching) return;
    const opened = new Capture('tile');
    const stop = watching.send(opened);
    if (document.visibilityState === 'visible') void opened.open(voiceOnly);
    setCapture(opened);
    return () => {
      stop();
      opened.close();
      setCapture(undefined);
    };
  }, [on, watching]);
  useEffect(() => {
    if (voiceOnly) void capture?.setCamera(false);
  }, [capture, voiceOnly]);
  useEffect(() => {
    // The host takes the microphone; to turn it on again is the guest's own act.
    if (muted) void capture?.setMicrophone(false);
  }, [capture, muted]);
  return capture;
}
