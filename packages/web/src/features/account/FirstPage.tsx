import { api, type Me } from '@groupcast/protocol';
import { useLocation } from 'wouter';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Door } from '../../ui/Door.tsx';
import { useSession } from './context.ts';
import { SignUpForm } from './SignUpForm.tsx';

/** The one-time link of a fresh place: whoever opens it first becomes the owner. */
export function FirstPage({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSession();
  const { loaded } = useApi(api.site);
  const enter = (me: Me) => {
    go('/', { replace: true });
    session.signedIn(me);
  };
  if (loaded.state === 'ready' && loaded.value.owned) {
    return (
      <Door title={t('account.firstUsed')} text={t('account.firstUsedText')}>
        <Button look="main" size="big" wide onClick={() => go('/sign-in')}>
          {t('account.signIn')}
        </Button>
      </Door>
    );
  }
  return (
    <Door title={t('account.firstTitle')} text={t('account.firstText')}>
      <SignUpForm by={{ firstLink: token }} onSignedUp={enter} />
    </Door>
  );
}
