import { Eye, EyeOff } from 'lucide-react';
import { type InputHTMLAttributes, useId, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { cx } from './cx.ts';
import css from './Field.module.css';
import { IconButton } from './IconButton.tsx';

export interface FieldProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'id' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string | undefined;
  /** What is wrong and what to do; replaces the hint. */
  readonly problem?: string | undefined;
}

/** A labelled line of text with a hint or a problem under it. A password can be shown. */
export function Field({ label, value, onValue, hint, problem, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  const below = problem ?? hint;
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <div className={cx(css['box'], problem && css['wrong'])}>
        <input
          id={id}
          type={secret && shown ? 'text' : type}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={below ? `${id}-below` : undefined}
          {...rest}
        />
        {secret && (
          <IconButton
            label={t(shown ? 'account.hidePassword' : 'account.showPassword')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={20} strokeWidth={1.75} /> : <Eye size={20} strokeWidth={1.75} />}
          </IconButton>
        )}
      </div>
      {below && (
        <p
          id={`${id}-below`}
          className={cx(css['below'], problem && css['problem'])}
          role={problem ? 'alert' : undefined}
        >
          {below}
        </p>
      )}
    </div>
  );
}
