import { api, type Me } from '@groupcast/protocol';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './Forms.module.css';

/** Username and password, and one sentence when they do not fit. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (me: Me) => void | Promise<void> }) {
  const { t } = useTranslation();
  const say = useFault();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    const answer = await call(api.signIn, { body: { username, password } });
    if ('ok' in answer) await onSignedIn(answer.ok);
    else setProblem(say(answer));
    setBusy(false);
  };

  return (
    <form className={css['form']} onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={t('account.username')}
        value={username}
        onValue={setUsername}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field
        label={t('account.password')}
        value={password}
        onValue={setPassword}
        type="password"
        name="password"
        autoComplete="current-password"
        problem={problem}
      />
      <Button type="submit" look="main" size="big" wide busy={busy} disabled={!username.trim() || !password}>
        {t('account.signIn')}
      </Button>
    </form>
  );
}
