import { api, type Me } from '@groupcast/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Door } from '../../ui/Door.tsx';
import { Turn } from '../../ui/Turn.tsx';
import { useSession } from './context.ts';
import css from './Pages.module.css';
import { SignInForm } from './SignInForm.tsx';
import { SignUpForm } from './SignUpForm.tsx';

/** Stands in for whatever page was asked for; signing in shows that page. */
export function SignInPage({ expired }: { readonly expired: boolean }) {
  const { t } = useTranslation();
  const session = useSession();
  const [location, go] = useLocation();
  const { loaded } = useApi(api.site);
  const [joining, setJoining] = useState(false);
  const site = loaded.state === 'ready' ? loaded.value : undefined;
  const enter = (me: Me) => {
    if (location === '/sign-in') go('/', { replace: true });
    session.signedIn(me);
  };

  if (joining) {
    return (
      <Door title={t('account.signUpTitle')}>
        <SignUpForm by={{}} onSignedUp={enter} />
        <Turn ask={t('account.haveAccount')} act={t('account.signIn')} onTurn={() => setJoining(false)} />
      </Door>
    );
  }
  return (
    <Door title={t('account.signInTitle')} text={expired ? undefined : t('account.signInText')}>
      {expired && (
        <p className={css['note']} role="status">
          {t('account.expired')}
        </p>
      )}
      <SignInForm onSignedIn={enter} />
      {site?.openSignUp && (
        <Turn ask={t('account.noAccount')} act={t('account.createAccount')} onTurn={() => setJoining(true)} />
      )}
      {site && !site.openSignUp && (
        <p className={css['quiet']}>{t(site.owned ? 'account.inviteOnly' : 'account.unowned')}</p>
      )}
    </Door>
  );
}
