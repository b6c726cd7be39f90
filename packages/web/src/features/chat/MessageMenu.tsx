import type { Group, Message } from '@groupcast/protocol';
import { Copy, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { useWire } from '../../realtime/context.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { copied } from '../../ui/copied.ts';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import type { MessageAct } from './acts.ts';
import type { Spot } from './MessageRow.tsx';

export interface MessageMenuProps {
  readonly group: Group;
  readonly message: Message;
  readonly acts: readonly MessageAct[];
  readonly spot: Spot;
  readonly onClose: () => void;
}

/** What can be done with a message: copy, recall within two minutes, remove as an admin. */
export function MessageMenu({ group, message, acts, spot, onClose }: MessageMenuProps) {
  const { t } = useTranslation();
  const wire = useWire();
  const say = useToast();
  const fault = useFault();
  const [removing, setRemoving] = useState(false);

  const act = async (type: 'message.recall' | 'message.delete') => {
    const answer = await wire.send({ type, group: group.id, seq: message.seq }, anything);
    if ('fault' in answer) say({ text: fault(answer), look: 'problem' });
  };
  const copy = async () => {
    if (message.body.kind !== 'text') return;
    const done = await copied(message.body.text);
    say(done ? { text: t('chat.copied') } : { text: t('invites.copyByHand'), look: 'problem' });
  };
  const icon = { size: 20, strokeWidth: 1.75 };
  const entries: Readonly<Record<MessageAct, MenuEntry>> = {
    copy: { label: t('chat.copy'), icon: <Copy {...icon} />, run: () => void copy().then(onClose, onClose) },
    recall: { label: t('chat.recall'), icon: <Undo2 {...icon} />, run: () => void act('message.recall').then(onClose) },
    remove: { label: t('chat.remove'), icon: <Trash2 {...icon} />, danger: true, run: () => setRemoving(true) },
  };

  if (removing) {
    return (
      <Confirm
        title={t('chat.removeAsk')}
        text={t('chat.removeText')}
        act={t('app.delete')}
        danger
        onAct={() => act('message.delete').then(onClose)}
        onClose={onClose}
      />
    );
  }
  return <Menu label={t('chat.menu')} {...spot} entries={acts.map((name) => entries[name])} onClose={onClose} />;
}

const anything = { safeParse: (data: unknown) => ({ success: true, data }) as const };
