import { api } from '@groupcast/protocol';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './Forms.module.css';
import { passwordProblem } from './model.ts';

/** The old password, the new one, done. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const say = useToast();
  const fault = useFault();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await call(api.changePassword, { body: { current, next } });
    setBusy(false);
    if ('fault' in answer) return setProblem(fault(answer));
    say({ text: t('account.passwordChanged') });
    onClose();
  };

  return (
    <Dialog title={t('account.changePassword')} look="sheet" onClose={onClose}>
      <form className={css['form']} onSubmit={(event) => void submit(event)}>
        <Field
          label={t('account.currentPassword')}
          type="password"
          value={current}
          onValue={setCurrent}
          autoComplete="current-password"
          problem={problem}
        />
        <Field
          label={t('account.newPassword')}
          type="password"
          value={next}
          onValue={setNext}
          autoComplete="new-password"
          hint={t('account.passwordHint')}
        />
        <Button type="submit" look="main" wide busy={busy} disabled={!current || passwordProblem(next) !== undefined}>
          {t('account.changePassword')}
        </Button>
      </form>
    </Dialog>
  );
}
