import type { GroupId } from '@groupcast/protocol';
import { Plus, Search } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { LineStrip } from '../../realtime/LineStrip.tsx';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useMe } from '../account/index.ts';
import { useGroups } from './context.ts';
import css from './GroupList.module.css';
import { GroupRow } from './GroupRow.tsx';
import { search } from './model.ts';

const CreateGroupDialog = lazy(async () => ({
  default: (await import('./CreateGroupDialog.tsx')).CreateGroupDialog,
}));

/** All groups of this person: the first screen of a phone, the left column of a desk. */
export function GroupList({ open }: { readonly open: GroupId | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const me = useMe();
  const { loaded, lines } = useGroups();
  const [words, setWords] = useState('');
  const [creating, setCreating] = useState(false);
  const found = search(lines, words);

  return (
    <section className={css['list']} aria-label={t('groups.title')}>
      <header className={css['head']}>
        <Link href="/me" className={css['me']} aria-label={t('groups.account')}>
          <Face person={me} size={36} />
        </Link>
        <h1>{t('groups.title')}</h1>
        <IconButton label={t('groups.new')} onClick={() => setCreating(true)}>
          <Plus size={22} strokeWidth={1.75} />
        </IconButton>
      </header>
      <LineStrip />
      <Find words={words} onWords={setWords} />
      <nav className={css['rows']} aria-label={t('groups.title')} onKeyDown={moveFocus}>
        {found.map((line) => (
          <GroupRow key={line.group.id} line={line} open={line.group.id === open} me={me.id} />
        ))}
        {!loaded && <Skeletons />}
        {loaded && lines.length > 0 && found.length === 0 && <p className={css['none']}>{t('groups.noMatch')}</p>}
        {loaded && lines.length === 0 && (
          <div className={css['none']}>
            <strong>{t('groups.none')}</strong>
            <p>{t('groups.noneText')}</p>
            <Button look="main" onClick={() => setCreating(true)}>
              {t('groups.create')}
            </Button>
          </div>
        )}
      </nav>
      {creating && (
        <Suspense>
          <CreateGroupDialog
            onClose={() => setCreating(false)}
            onCreated={(group) => {
              setCreating(false);
              go(`/g/${group.id}`);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}

function Find({ words, onWords }: { readonly words: string; readonly onWords: (words: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <label className={css['find']}>
      <Search size={16} strokeWidth={2} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        value={words}
        placeholder={t('groups.search')}
        aria-label={t('groups.search')}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onWords('');
        }}
      />
      <kbd>Ctrl K</kbd>
    </label>
  );
}

const skeletons = ['a', 'b', 'c', 'd', 'e', 'f'];

function Skeletons() {
  return skeletons.map((key) => (
    <div key={key} className={css['skeleton']} aria-hidden="true">
      <span />
      <i />
      <b />
    </div>
  ));
}

/** Arrow keys walk through the rows. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll('a')];
  const at = rows.findIndex((row) => row.matches(':focus'));
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
