import { useEffect, useState } from 'react';
import { useMe } from '../account/index.ts';
import { useGroups } from '../groups/index.ts';
import { type Steps, stepsOf } from './model.ts';
import { finishStart, linkCopied, rememberCopied, startDone } from './progress.ts';

export interface Start {
  /** The first screen has something to say. */
  readonly shown: boolean;
  readonly steps: Steps;
  copied(): void;
  finish(): void;
}

/** Whether a new owner still sees the first screen, and how far they are. */
export function useStart(): Start {
  const me = useMe();
  const { loaded, lines } = useGroups();
  const [done, setDone] = useState(() => startDone(me.id));
  const [copied, setCopied] = useState(() => linkCopied(me.id));
  const steps = stepsOf(lines, copied);
  const over = loaded && steps.over;
  useEffect(() => {
    if (over) finishStart(me.id);
  }, [over, me.id]);
  return {
    shown: me.operator && loaded && !done && !steps.over,
    steps,
    copied: () => {
      rememberCopied(me.id);
      setCopied(true);
    },
    finish: () => {
      finishStart(me.id);
      setDone(true);
    },
  };
}
