import { api, type ClientId, type GroupId, limits } from '@groupcast/protocol';
import { useRef } from 'react';
import { upload } from '../../api/upload.ts';
import { useTranslation } from '../../i18n/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import { useChatDesk } from './context.ts';

/** Takes pictures from the panel, the clipboard or a drop, and uploads them one after the other, again when asked. */
export function usePictures(group: GroupId) {
  const { outbox } = useChatDesk();
  const { t } = useTranslation();
  const say = useToast();
  const files = useRef(new Map<ClientId, File>());
  const queue = useRef(Promise.resolve());

  const send = async (clientId: ClientId, file: File) => {
    const answer = await upload(api.uploadPicture, { params: { group }, file }, (share) =>
      outbox.uploaded(clientId, share),
    );
    if ('ok' in answer) {
      files.current.delete(clientId);
      outbox.stored(clientId, answer.ok);
    } else {
      outbox.refused(clientId, answer.fault);
    }
  };
  const enqueue = (clientId: ClientId, file: File) => {
    queue.current = queue.current.then(() => send(clientId, file));
  };

  const add = async (chosen: readonly File[]) => {
    for (const file of chosen) {
      const size = await sizeOf(file);
      if (!size) say({ text: t('fault.notAPicture'), look: 'problem' });
      else if (file.size > limits.pictureBytes) say({ text: t('fault.tooLarge'), look: 'problem' });
      else {
        const clientId = outbox.upload(group, { url: URL.createObjectURL(file), ...size });
        files.current.set(clientId, file);
        enqueue(clientId, file);
      }
    }
  };

  /** True: it was an upload, and it goes again. */
  const again = (clientId: ClientId): boolean => {
    const file = files.current.get(clientId);
    if (file) enqueue(clientId, file);
    return file !== undefined;
  };

  return { add: (chosen: readonly File[]) => void add(chosen), again };
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
