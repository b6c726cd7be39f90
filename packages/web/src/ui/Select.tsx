import { useId } from 'react';
import css from './Select.module.css';

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly nameOf: (option: T) => string;
  readonly onValue: (value: T) => void;
}

/** A labelled choice of a few; the system's own list, which phones draw best. */
export function Select<T extends string>({ label, value, options, nameOf, onValue }: SelectProps<T>) {
  const id = useId();
  return (
    <div className={css['select']}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option === target.value);
          if (chosen) onValue(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option)}
          </option>
        ))}
      </select>
    </div>
  );
}
