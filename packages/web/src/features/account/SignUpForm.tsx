import { api, type GroupId, type Me } from '@groupcast/protocol';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './Forms.module.css';
import { passwordProblem, usernameProblem } from './model.ts';

export interface SignUpFormProps {
  /** What opens the door, if it is not open anyway. */
  readonly by: { readonly firstLink?: string; readonly invite?: string };
  readonly onSignedUp: (me: Me, group: GroupId | null) => void;
}

/** A new account: username and password; the name others see begins as the username. */
export function SignUpForm({ by, onSignedUp }: SignUpFormProps) {
  const { t } = useTranslation();
  const say = useFault();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ readonly field: 'username' | 'password'; readonly text: string }>();
  const [busy, setBusy] = useState(false);
  const problems = { username: usernameProblem(username), password: passwordProblem(password) };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefused(undefined);
    if (problems.username || problems.password) return;
    setBusy(true);
    const answer = await call(api.signUp, { body: { username, password, name: username.trim(), ...by } });
    if ('ok' in answer) onSignedUp(answer.ok.me, answer.ok.group);
    else setRefused({ field: answer.fault === 'usernameTaken' ? 'username' : 'password', text: say(answer) });
    setBusy(false);
  };

  const problemOf = (field: 'username' | 'password') => {
    const found = tried ? problems[field] : undefined;
    return found ? t(found) : refused?.field === field ? refused.text : undefined;
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
        hint={t('account.usernameHint')}
        problem={problemOf('username')}
      />
      <Field
        label={t('account.password')}
        value={password}
        onValue={setPassword}
        type="password"
        name="new-password"
        autoComplete="new-password"
        hint={t('account.passwordHint')}
        problem={problemOf('password')}
      />
      <Button type="submit" look="main" size="big" wide busy={busy}>
        {t('account.createAccount')}
      </Button>
    </form>
  );
}
