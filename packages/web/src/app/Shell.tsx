import { GroupId } from '@groupcast/protocol';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Chat } from '../features/chat/index.ts';
import { GroupList, unreadElsewhere, useGroups } from '../features/groups/index.ts';
import { LiveLayer } from '../features/live/index.ts';
import { useStart } from '../features/start/index.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/cx.ts';
import { Door } from '../ui/Door.tsx';
import { Mark } from '../ui/Mark.tsx';
import css from './Shell.module.css';

const MePage = lazy(async () => ({ default: (await import('../features/account/MePage.tsx')).MePage }));
const StartPage = lazy(async () => ({ default: (await import('../features/start/StartPage.tsx')).StartPage }));
const InfoPage = lazy(async () => ({ default: (await import('../features/groups/InfoPage.tsx')).InfoPage }));

/** List, chat and live: one after the other on a phone, side by side on a desk. */
export function Shell() {
  const [path] = useLocation();
  const open = openGroup(path);
  const start = useStart();
  const home = path === '/';
  useTitle(open);
  return (
    <main className={css['shell']}>
      <div className={cx(css['list'], (!home || start.shown) && css['behind'])}>
        <GroupList open={open} />
      </div>
      <div className={cx(css['main'], home && !start.shown && css['behind'])}>
        <Suspense>
          <Switch>
            <Route path="/">{start.shown ? <StartPage start={start} /> : <Choose />}</Route>
            <Route path="/me">
              <MePage />
            </Route>
            <Route path="/sign-in">
              <Redirect to="/" replace />
            </Route>
            <Route path="/g/:group/info">
              <InGroup id={open}>{(id) => <InfoPage key={id} id={id} />}</InGroup>
            </Route>
            <Route path="/g/:group/*?">
              <InGroup id={open}>{(id) => <Chat key={id} group={id} />}</InGroup>
            </Route>
            <Route>
              <Nothing />
            </Route>
          </Switch>
        </Suspense>
      </div>
      <LiveLayer />
    </main>
  );
}

/** The group an address is about, if it is shaped like one. */
function openGroup(path: string): GroupId | undefined {
  const parsed = GroupId.safeParse(/^\/g\/([^/]+)/.exec(path)?.[1]);
  return parsed.success ? parsed.data : undefined;
}

function InGroup({
  id,
  children,
}: {
  readonly id: GroupId | undefined;
  readonly children: (id: GroupId) => ReactNode;
}) {
  return id ? children(id) : <Nothing />;
}

/** How much is unread, where a tab shows it. */
function useTitle(open: GroupId | undefined): void {
  const { t } = useTranslation();
  const groups = useGroups();
  const name = groups.lines.find(({ group }) => group.id === open)?.group.name;
  const unread = unreadElsewhere(groups);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name ? `${name} · ` : ''}${t('app.name')}`;
  }, [unread, name, t]);
}

function Choose() {
  const { t } = useTranslation();
  return (
    <div className={css['choose']}>
      <Mark size={64} />
      <p>
        <b>{t('groups.choose')}</b>
        {t('groups.chooseText')}
      </p>
    </div>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <Door title={t('app.notFoundTitle')} text={t('app.notFoundText')}>
      <Button look="main" wide onClick={() => go('/', { replace: true })}>
        {t('app.toGroups')}
      </Button>
    </Door>
  );
}
