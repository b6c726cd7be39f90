import { useCallback, useEffect, useRef, useState } from 'react';
import { Capture } from '../../media/capture.ts';

/**
 * Camera and microphone for as long as the component is there. `keep(true)` hands them over: then they stay open, and
 * whoever took them closes them.
 */
export function useCapture(audioOnly: boolean): { capture: Capture | undefined; keep: (kept: boolean) => void } {
  const [capture, setCapture] = useState<Capture>();
  const kept = useRef(false);
  const first = useRef(audioOnly);
  const left = useRef<Capture>(undefined);
  useEffect(() => {
    const opened = new Capture();
    left.current = undefined;
    setCapture(opened);
    void opened.open(first.current);
    return () => {
      left.current = opened;
      if (!kept.current) opened.close();
    };
  }, []);
  const keep = useCallback((now: boolean) => {
    kept.current = now;
    // Given back after the component has gone: nobody else would close them.
    if (!now) left.current?.close();
  }, []);
  return { capture, keep };
}
