import { api, whipPath } from '@groupcast/protocol';
import { Copy, Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useApi } from '../../api/useApi.ts';
import { type TextKey, useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { copied } from '../../ui/copied.ts';
import { Failed } from '../../ui/Failed.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './EncoderDetails.module.css';

/** What has to stand in OBS, by the names it has there. */
const settings: readonly (readonly [TextKey, string])[] = [
  ['encoder.videoEncoder', 'x264'],
  ['encoder.rate', 'CBR, 2500 kbps'],
  ['encoder.keyframes', '1 s'],
  ['encoder.profile', 'baseline'],
  ['encoder.tune', 'zerolatency'],
  ['encoder.audioEncoder', 'Opus, 128 kbps'],
  ['encoder.size', '1280 × 720, 30 fps'],
];

/** Where an encoder sends, by which key, and how OBS is set for it. */
export function EncoderDetails() {
  const { t } = useTranslation();
  const fault = useFault();
  const say = useToast();
  const { loaded, put, reload } = useApi(api.encoderKey);
  const [asked, setAsked] = useState<'renew' | 'revoke'>();
  if (loaded.state === 'refused') return <Failed text={fault(loaded.refusal)} onRetry={reload} />;
  const key = loaded.state === 'ready' ? loaded.value.key : undefined;
  const change = async (how: 'renew' | 'revoke') => {
    const answer = await call(how === 'renew' ? api.renewEncoderKey : api.revokeEncoderKey);
    if ('ok' in answer) put(answer.ok);
    else say({ text: fault(answer), look: 'problem' });
    setAsked(undefined);
  };
  return (
    <div className={css['details']}>
      <p>{t('encoder.where')}</p>
      <dl className={css['way']}>
        <Line term={t('encoder.service')} value="WHIP" />
        <Line term={t('encoder.server')} value={new URL(whipPath, location.origin).href} copy />
        {key && <Line term={t('encoder.token')} value={key} copy secret />}
      </dl>
      {key === null ? (
        <Button look="main" onClick={() => void change('renew')}>
          {t('encoder.make')}
        </Button>
      ) : (
        <div className={css['acts']}>
          <Button size="small" onClick={() => setAsked('renew')}>
            {t('encoder.renew')}
          </Button>
          <Button size="small" onClick={() => setAsked('revoke')}>
            {t('encoder.revoke')}
          </Button>
        </div>
      )}
      <p className={css['keep']}>{t('encoder.keep')}</p>
      <h3>{t('encoder.output')}</h3>
      <dl className={css['settings']}>
        {settings.map(([term, value]) => (
          <div key={term}>
            <dt>{t(term)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {asked && (
        <Confirm
          title={t(asked === 'renew' ? 'encoder.renew' : 'encoder.revoke')}
          text={t('encoder.oldDies')}
          act={t(asked === 'renew' ? 'encoder.renew' : 'encoder.revoke')}
          danger
          onAct={() => change(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

interface LineProps {
  readonly term: string;
  readonly value: string;
  readonly copy?: boolean;
  /** Shown only when asked for: screens are filmed. */
  readonly secret?: boolean;
}

function Line({ term, value, copy, secret }: LineProps) {
  const { t } = useTranslation();
  const say = useToast();
  const [shown, setShown] = useState(!secret);
  const take = async () => {
    if (await copied(value)) say({ text: t('encoder.copied', { what: term }) });
    else setShown(true);
  };
  return (
    <div>
      <dt>{term}</dt>
      <dd>{shown ? value : '•'.repeat(24)}</dd>
      {secret && (
        <IconButton label={t(shown ? 'encoder.hide' : 'encoder.show')} onClick={() => setShown(!shown)}>
          {shown ? <EyeOff size={20} strokeWidth={1.75} /> : <Eye size={20} strokeWidth={1.75} />}
        </IconButton>
      )}
      {copy && (
        <IconButton label={t('encoder.copy', { what: term })} onClick={() => void take()}>
          <Copy size={20} strokeWidth={1.75} />
        </IconButton>
      )}
    </div>
  );
}
