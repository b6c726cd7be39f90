import { colourOf, type Person } from '@groupcast/protocol';
import { cx } from './cx.ts';
import { Face } from './Face.tsx';
import css from './Poster.module.css';

/** What stands where a picture is not: a soft gradient in the host's colour with their face. Never a black hole. */
export function Poster({
  person,
  size,
  grey,
  speaking,
}: {
  readonly person: Person;
  readonly size?: number;
  readonly grey?: boolean;
  readonly speaking?: boolean;
}) {
  return (
    <span className={cx(css['poster'], css[`p${colourOf(person.id)}`], grey && css['grey'])} aria-hidden="true">
      {size !== undefined && (
        <span className={cx(css['face'], speaking && css['speaking'])}>
          <Face person={person} size={size} />
        </span>
      )}
    </span>
  );
}
