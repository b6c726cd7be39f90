import { type GroupId, limits } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useChatDesk } from './context.ts';

/** Takes pictures from the panel, the clipboard or a drop; says which it cannot take. */
export function usePictures(group: GroupId): (chosen: readonly File[]) => Promise<void> {
  const { uploads } = useChatDesk();
  const { t } = useTranslation();
  const say = useToast();
  return async (chosen) => {
    for (const file of chosen) {
      const size = await sizeOf(file);
      if (!size) say({ text: t('fault.notAPicture'), look: 'problem' });
      else if (file.size > limits.pictureBytes) say({ text: t('fault.tooLarge'), look: 'problem' });
      else void uploads.add(group, file, size);
    }
  };
}

/** A picture's size in px, or nothing when the browser cannot read it as one. */
async function sizeOf(file: File): Promise<{ width: number; height: number } | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const { width, height } = picture;
    picture.close();
    return { width, height };
  } catch {
    return undefined;
  }
}
