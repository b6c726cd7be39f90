import { Check, Film } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { useReadable } from '../../ui/useReadable.ts';
import css from './DeviceSheet.module.css';

/** For a rehearsal: a picture or a film from a file in the camera's place. */
export function FileChoice({ capture }: { readonly capture: Capture }) {
  const { t } = useTranslation();
  const { camera } = useReadable(capture.state);
  const [failed, setFailed] = useState<string>();
  const hint = useId();
  const name = camera.state === 'on' ? camera.file : undefined;
  const choose = async (file: File | undefined) => {
    if (file) setFailed((await capture.chooseFile(file)) ? undefined : file.name);
  };
  return (
    <>
      <label className={css['choice']}>
        <input
          type="file"
          accept="image/*,video/*"
          aria-label={t('preview.file')}
          aria-describedby={hint}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <Film className={css['film']} size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>
          {t('preview.file')}
          <small id={hint}>{name ?? t('preview.fileHint')}</small>
        </span>
        {name !== undefined && <Check size={20} strokeWidth={1.75} aria-hidden="true" />}
      </label>
      {failed !== undefined && (
        <p className={css['failed']} role="alert">
          {t('preview.fileFailed', { name: failed })}
        </p>
      )}
    </>
  );
}
