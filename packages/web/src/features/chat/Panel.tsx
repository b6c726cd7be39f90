import { api, type Group } from '@groupcast/protocol';
import { Camera, Image, Radio } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useLiveDesk } from '../live/index.ts';
import css from './Panel.module.css';

export interface PanelProps {
  readonly group: Group;
  readonly onPictures: (files: readonly File[]) => void;
  readonly onClose: () => void;
}

/** What else a group can be given: pictures, and a live. */
export function Panel({ group, onPictures, onClose }: PanelProps) {
  const { t } = useTranslation();
  const lives = useLiveDesk();
  const say = useToast();
  // Who does not have it yet sees no entry; a rule of the group leaves it and explains.
  const { loaded } = useApi(api.starting, { params: { group: group.id } });
  const hidden = loaded.state === 'ready' && loaded.value.bar?.why === 'notRolledOut';
  const take = (files: readonly File[]) => {
    onClose();
    onPictures(files);
  };
  return (
    <section className={css['panel']} aria-label={t('chat.panel')}>
      <FileTile label={t('chat.photo')} onFiles={take} multiple>
        <Image size={26} strokeWidth={1.6} />
      </FileTile>
      <FileTile label={t('chat.camera')} onFiles={take} capture>
        <Camera size={26} strokeWidth={1.6} />
      </FileTile>
      {!hidden && (
        <button
          type="button"
          className={cx(css['entry'], css['live'])}
          onClick={() => {
            onClose();
            if (!lives.openPreview(group)) say({ text: t('fault.alreadyHosting') });
          }}
        >
          <span className={css['tile']}>
            <Radio size={26} strokeWidth={1.6} />
          </span>
          {t('live.groupLive')}
        </button>
      )}
    </section>
  );
}

interface FileTileProps {
  readonly label: string;
  readonly multiple?: boolean;
  /** Phones open the camera instead of the album. */
  readonly capture?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

function FileTile({ label, multiple, capture, onFiles, children }: FileTileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <button type="button" className={css['entry']} onClick={() => input.current?.click()}>
      <span className={css['tile']}>{children}</span>
      {label}
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple={multiple}
        capture={capture ? 'environment' : undefined}
        hidden
        onClick={(event) => event.stopPropagation()}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </button>
  );
}
