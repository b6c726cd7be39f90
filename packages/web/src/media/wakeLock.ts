/** Keeps the screen awake until stopped; takes the lock again when the page comes back to the front. */
export function keepAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  let held: WakeLockSentinel | undefined;
  let stopped = false;

  const take = async () => {
    if (document.visibilityState !== 'visible') return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (stopped) await lock.release();
      else held = lock;
    } catch {
      // Low battery or a policy: the live goes on, the screen may sleep.
    }
  };
  const onVisible = () => void take();

  onVisible();
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', onVisible);
    void held?.release().catch(() => undefined);
  };
}
