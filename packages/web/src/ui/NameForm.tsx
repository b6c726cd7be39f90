import { type FormEvent, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { Field } from './Field.tsx';
import css from './NameForm.module.css';

export interface NameFormProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly fits: (name: string) => boolean;
  /** Said while it does not fit. */
  readonly problem: string;
  readonly onSave: (name: string) => Promise<void>;
}

/** One name to change; Save comes when there is something to save. */
export function NameForm({ label, hint, value, fits, problem, onSave }: NameFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(value);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    await onSave(name);
    setBusy(false);
  };
  return (
    <form className={css['form']} onSubmit={(event) => void submit(event)}>
      <Field
        label={label}
        value={name}
        onValue={setName}
        hint={hint}
        problem={name === '' || fits(name) ? undefined : problem}
        autoComplete="off"
      />
      {name.trim() !== value && (
        <Button type="submit" look="soft" busy={busy} disabled={!fits(name)}>
          {t('app.save')}
        </Button>
      )}
    </form>
  );
}
