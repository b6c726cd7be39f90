import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Session, SessionContext } from '../features/account/index.ts';
import { forget } from '../features/chat/index.ts';
import { useTranslation } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { Door } from '../ui/Door.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Toasts } from '../ui/Toast.tsx';
import { useReadable } from '../ui/useReadable.ts';
import css from './App.module.css';
import { Crash } from './Crash.tsx';
import { Inside } from './Inside.tsx';

const SignInPage = lazy(async () => ({ default: (await import('../features/account/SignInPage.tsx')).SignInPage }));
const FirstPage = lazy(async () => ({ default: (await import('../features/account/FirstPage.tsx')).FirstPage }));
const InvitePage = lazy(async () => ({ default: (await import('../features/invites/InvitePage.tsx')).InvitePage }));

/** The whole page: who is there decides what is shown. */
export function App() {
  const [session] = useState(() => new Session(forget));
  useEffect(() => void session.ask(), [session]);
  return (
    <Crash>
      <SessionContext value={session}>
        <Toasts>
          <Suspense fallback={<Splash />}>
            <Doors session={session} />
          </Suspense>
        </Toasts>
      </SessionContext>
    </Crash>
  );
}

function Doors({ session }: { readonly session: Session }) {
  const state = useReadable(session.state);
  if (state.state === 'asking') return <Splash />;
  if (state.state === 'unreachable')
    return (
      <Outside>
        <Unreachable onRetry={() => session.ask()} />
      </Outside>
    );
  return (
    <Switch>
      <Route path="/first/:token">
        {({ token }) =>
          state.state === 'in' ? (
            <Redirect to="/" replace />
          ) : (
            <Outside>
              <FirstPage token={token} />
            </Outside>
          )
        }
      </Route>
      <Route path="/j/:code">
        {({ code }) => (
          <Outside>
            <InvitePage code={code} />
          </Outside>
        )}
      </Route>
      <Route>
        {state.state === 'in' ? (
          <Inside key={state.me.id} me={state.me} />
        ) : (
          <Outside>
            <SignInPage expired={state.expired} />
          </Outside>
        )}
      </Route>
    </Switch>
  );
}

/** Pages of somebody who is not inside. */
function Outside({ children }: { readonly children: ReactNode }) {
  return <main className={css['outside']}>{children}</main>;
}

/** Empty at first, so that nothing flickers; then the mark, so that one sees it is coming. */
function Splash() {
  return (
    <div className={css['splash']}>
      <Mark size={64} />
    </div>
  );
}

const askAgainMs = 3_000;

/** The server did not answer at all: says so, and asks again by itself. */
function Unreachable({ onRetry }: { readonly onRetry: () => Promise<void> }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setInterval(() => void onRetry(), askAgainMs);
    return () => clearInterval(timer);
  }, [onRetry]);
  return (
    <Door title={t('app.name')} text={t('fault.unavailable')}>
      <Button wide onClick={() => void onRetry()}>
        {t('app.retry')}
      </Button>
    </Door>
  );
}
