import { type PictureRef, picturePath } from '@groupcast/protocol';
import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import css from './PictureBody.module.css';
import { pictureSize } from './pictureSize.ts';

/** A picture in the chat: its place is reserved, a tap shows it whole. */
export function PictureBody({
  picture,
  name,
  onOpen,
}: {
  readonly picture: PictureRef;
  readonly name: string;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const size = pictureSize(picture.width, picture.height);
  return (
    <button
      type="button"
      className={css['picture']}
      style={size}
      aria-label={t('chat.picture', { name })}
      onClick={onOpen}
    >
      {broken ? (
        <span className={css['gone']}>
          <ImageOff size={20} strokeWidth={1.75} />
          {t('chat.pictureGone')}
        </span>
      ) : (
        <img
          src={picturePath(picture.id, 'small')}
          srcSet={`${picturePath(picture.id, 'small')} 320w, ${picturePath(picture.id, 'full')} ${Math.max(321, Math.min(2048, picture.width))}w`}
          sizes={`${size.width}px`}
          width={size.width}
          height={size.height}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
    </button>
  );
}

export interface UploadBodyProps {
  /** Missing until the file has been read. */
  readonly url?: string | undefined;
  readonly width: number;
  readonly height: number;
  /** 0 to 1 */
  readonly sent: number;
  readonly busy: boolean;
}

/** A picture on its way up: dimmed, with how far it is. */
export function UploadBody({ url, width, height, sent, busy }: UploadBodyProps) {
  const { t } = useTranslation();
  const percent = Math.round(sent * 100);
  return (
    <div className={css['picture']} style={pictureSize(width, height)}>
      {url && <img src={url} alt="" className={css['faint']} />}
      {busy && (
        <progress className={css['bar']} max={100} value={percent} aria-label={t('chat.uploading', { percent })} />
      )}
    </div>
  );
}
