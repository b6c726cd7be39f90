import { useEffect, useState } from 'react';
import { useWire } from '../../realtime/context.tsx';
import { lineIsDown } from './silence.ts';

const lookMs = 250;

/** Whether this page's own line is down; known within two seconds and a bit. */
export function useLineDown(): boolean {
  const wire = useWire();
  const [down, setDown] = useState(false);
  useEffect(() => {
    const look = () => setDown(lineIsDown(wire.line(), wire.heardAt(), Date.now()));
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [wire]);
  return down;
}
