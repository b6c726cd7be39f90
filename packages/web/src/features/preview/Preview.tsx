import { liveConsentVersion, type Me } from '@groupcast/protocol';
import { Consent } from './Consent.tsx';
import { Stage, type StageProps } from './Stage.tsx';

/** The way to a live: consent once, then the preview. Nothing is sent before Go live. */
export function Preview({ onMe, ...stage }: StageProps & { readonly onMe: (me: Me) => void }) {
  if (stage.me.consent !== liveConsentVersion) {
    return <Consent group={stage.group} onMe={onMe} onClose={stage.onClose} />;
  }
  return <Stage {...stage} />;
}
