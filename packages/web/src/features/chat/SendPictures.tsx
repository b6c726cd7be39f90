import type { Group } from '@groupcast/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import css from './SendPictures.module.css';

export interface SendPicturesProps {
  readonly group: Group;
  readonly files: readonly File[];
  readonly onSend: () => Promise<void>;
  readonly onClose: () => void;
}

/** Pictures that were pasted or dropped, before everybody sees them. */
export function SendPictures({ group, files, onSend, onClose }: SendPicturesProps) {
  const { t } = useTranslation();
  const [urls, setUrls] = useState<readonly string[]>([]);
  useEffect(() => {
    const made = files.map((file) => URL.createObjectURL(file));
    setUrls(made);
    return () => {
      for (const url of made) URL.revokeObjectURL(url);
    };
  }, [files]);
  return (
    <Confirm
      title={t('chat.sendPictures', { count: files.length })}
      text={t('chat.sendPicturesText', { group: group.name })}
      act={t('chat.send')}
      onAct={onSend}
      onClose={onClose}
    >
      <div className={css['pictures']}>
        {urls.map((url) => (
          <img key={url} src={url} alt="" />
        ))}
      </div>
    </Confirm>
  );
}
