import { type Group, type GroupId, limits, type Message } from '@groupcast/protocol';
import { ChevronLeft } from 'lucide-react';
import { type DragEvent, lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { useWire } from '../../realtime/context.tsx';
import { LineStrip } from '../../realtime/LineStrip.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { useMe } from '../account/index.ts';
import { useGroupLine } from '../groups/index.ts';
import { LiveBanner } from '../live/index.ts';
import { actsOn } from './acts.ts';
import css from './Chat.module.css';
import { ChatBar } from './ChatBar.tsx';
import { Closed } from './Closed.tsx';
import { Composer } from './Composer.tsx';
import { useChatDesk } from './context.ts';
import type { Conversation } from './conversation.ts';
import { Log } from './Log.tsx';
import type { MessageMenuProps } from './MessageMenu.tsx';
import type { Spot } from './MessageRow.tsx';
import { rowsOf } from './rows.ts';
import { usePictures } from './usePictures.ts';

const MessageMenu = lazy(async () => ({ default: (await import('./MessageMenu.tsx')).MessageMenu }));
const SendPictures = lazy(async () => ({ default: (await import('./SendPictures.tsx')).SendPictures }));
const Viewer = lazy(async () => ({ default: (await import('./Viewer.tsx')).Viewer }));

/** One group's chat, from its bar to its composer. */
export function Chat({ group: id }: { readonly group: GroupId }) {
  const desk = useChatDesk();
  const line = useGroupLine(id);
  const [conversation] = useState(() => desk.conversation(id));
  useEffect(() => conversation.open(), [conversation]);
  const view = useReadable(conversation.view);
  const group = view.group ?? line?.group;
  if (view.closed) return <Closed />;
  if (!group) return <Waiting />;
  return <OpenChat group={group} conversation={conversation} />;
}

function OpenChat({ group, conversation }: { readonly group: Group; readonly conversation: Conversation }) {
  const { outbox } = useChatDesk();
  const me = useMe();
  const wire = useWire();
  const view = useReadable(conversation.view);
  const allUnsent = useReadable(outbox.unsent);
  const addPictures = usePictures(group.id);
  const [offered, setOffered] = useState<readonly File[]>([]);
  const [open, setOpen] = useState<'panel' | 'emoji'>();
  const [menu, setMenu] = useState<Omit<MessageMenuProps, 'group' | 'onClose'>>();
  const [viewed, setViewed] = useState<number>();
  const { messages, more } = view.log;
  const unsent = useMemo(() => allUnsent.filter((one) => one.group === group.id), [allUnsent, group.id]);
  const rows = useMemo(
    () => rowsOf({ messages, unsent, me: me.id, unreadAfter: view.unreadAfter }),
    [messages, unsent, me.id, view.unreadAfter],
  );
  const onMenu = (message: Message, spot: Spot): boolean => {
    const acts = actsOn(message, me.id, group.role, wire.now(), limits.recallMs);
    if (acts.length > 0) setMenu({ message, spot, acts });
    return acts.length > 0;
  };
  const onSeen = useCallback(() => conversation.read(), [conversation]);

  return (
    <Dropping onFiles={setOffered}>
      <ChatBar group={group} />
      <LiveBanner group={group} />
      {view.group ? (
        <Log
          group={group}
          me={me.id}
          rows={rows}
          more={more}
          older={view.older}
          onOlder={() => void conversation.loadOlder()}
          onSeen={onSeen}
          onMenu={onMenu}
          onPicture={({ seq }) => setViewed(seq)}
          onRetry={({ clientId }) => outbox.retry(clientId)}
          onDiscard={({ clientId }) => outbox.discard(clientId)}
        />
      ) : (
        <div className={css['wait']} />
      )}
      {open && <OnEscape act={() => setOpen(undefined)} />}
      {open === 'panel' && (
        <button
          type="button"
          className={css['dim']}
          tabIndex={-1}
          aria-hidden="true"
          onClick={() => setOpen(undefined)}
        />
      )}
      <Composer
        group={group}
        open={open}
        onOpen={setOpen}
        onPictures={(files) => void addPictures(files)}
        onPasted={setOffered}
      />
      {offered.length > 0 && (
        <Suspense>
          <SendPictures
            group={group}
            files={offered}
            onSend={() => addPictures(offered).then(() => setOffered([]))}
            onClose={() => setOffered([])}
          />
        </Suspense>
      )}
      {menu && (
        <Suspense>
          <MessageMenu key={menu.message.seq} group={group} {...menu} onClose={() => setMenu(undefined)} />
        </Suspense>
      )}
      {viewed !== undefined && (
        <Suspense>
          <Viewer
            pictures={messages.filter(({ body }) => body.kind === 'picture')}
            first={viewed}
            onClose={() => setViewed(undefined)}
          />
        </Suspense>
      )}
    </Dropping>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <section className={css['chat']} aria-busy="true" aria-label={t('app.loading')}>
      <div className={css['barWait']}>
        <Link href="/" aria-label={t('app.back')}>
          <ChevronLeft size={24} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      </div>
      <LineStrip />
      <div className={css['wait']} />
    </section>
  );
}

/** The chat takes pictures that are dropped on it. */
function Dropping({
  onFiles,
  children,
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const bringsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    <section
      className={css['chat']}
      aria-label={t('chat.log')}
      onDragOver={(event) => {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && <p className={css['drop']}>{t('chat.drop')}</p>}
    </section>
  );
}

/** Listens for as long as it is there. */
function OnEscape({ act }: { readonly act: () => void }) {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.isComposing) act();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [act]);
  return null;
}
