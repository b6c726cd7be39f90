import type { Readable } from '../../media/cell.ts';
import type { PublishState } from '../../media/publishing.ts';
import { useReadable } from '../../ui/useReadable.ts';
import type { OnAir } from './onAir.ts';

const before: PublishState = { line: 'connecting', published: false, quality: 'good' };
const nothing: Readable<PublishState> = { get: () => before, subscribe: () => () => undefined };

/** How the sending goes, also while the media code is still loading. */
export function usePublishState(onAir: OnAir): PublishState {
  const publishing = useReadable(onAir.publishing);
  return useReadable(publishing?.state ?? nothing);
}
