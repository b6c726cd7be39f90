import { type LiveId, liveConsentVersion } from '@groupcast/protocol';
import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { LiveTexts, useTranslation } from '../../i18n/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { useLives } from './context.tsx';
import type { Stage } from './desk.ts';
import { InvitationBar } from './InvitationBar.tsx';
import { LazyGuard } from './LazyGuard.tsx';
import type { LiveStageProps } from './LiveStage.tsx';
import { OwnLiveBar } from './OwnLiveBar.tsx';
import { groupPath, livePath, placeOf } from './paths.ts';

const LiveStage = lazy(async () => ({ default: (await import('./LiveStage.tsx')).LiveStage }));
const SummaryScreen = lazy(async () => ({ default: (await import('../summary/index.ts')).SummaryScreen }));

function viewOf(stage: Stage, live: LiveId | undefined, agreed: boolean): LiveStageProps['view'] {
  if (stage.state === 'preview') return agreed ? 'open' : 'bare';
  return stage.state !== 'closed' && stage.live === live ? 'open' : 'small';
}

/**
 * The one place where lives are shown: full screen on a phone, beside the chat on wide screens, small in a corner when
 * the address is another's. Mounted once, above the routes, so that a picture outlives them.
 *
 * On screens of 1024 px and more an open live stands in a column on the right; the page leaves room for it by
 * `padding-inline-end: var(--live-width, 0px)`.
 */
export function LiveLayer() {
  const { t } = useTranslation();
  const { desk, me } = useLives();
  const say = useToast();
  const [path, go] = useLocation();
  const stage = useReadable(desk.stage);
  const place = placeOf(path);
  const watched = place && !place.summary ? place : undefined;
  const [group, live] = [watched?.group, watched?.live];

  useEffect(() => {
    if (!group || !live || desk.watch(group, live)) return;
    const own = desk.stage.get();
    say({ text: t('live.onAirFirst') });
    if (own.state === 'onAir') go(livePath(own.group, own.live), { replace: true });
  }, [group, live, desk, go, say, t]);

  // The way back leads out of a preview too: its camera does not stay over another page.
  useEffect(
    () => () => {
      if (path && desk.stage.get().state === 'preview') desk.close();
    },
    [path, desk],
  );

  const view = viewOf(stage, live, me.consent === liveConsentVersion);
  return (
    <>
      {stage.state !== 'closed' && (
        <LazyGuard text={t('live.loadFailed')} again={t('app.retry')}>
          <Suspense fallback={null}>
            <LiveTexts>
              <LiveStage stage={stage} view={view} />
            </LiveTexts>
          </Suspense>
        </LazyGuard>
      )}
      {place?.summary && (
        <LazyGuard text={t('live.loadFailed')} again={t('app.retry')}>
          <Suspense fallback={null}>
            <LiveTexts>
              <SummaryScreen
                key={place.live}
                live={place.live}
                onClose={() => go(groupPath(place.group), { replace: true })}
              />
            </LiveTexts>
          </Suspense>
        </LazyGuard>
      )}
      <OwnLiveBar desk={desk} me={me.id} />
      <InvitationBar desk={desk} />
    </>
  );
}
