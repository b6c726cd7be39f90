import { colourOf, type Person, picturePath } from '@groupcast/protocol';
import { cx } from './cx.ts';
import { Face } from './Face.tsx';
import css from './Poster.module.css';

/** What stands where a picture is not: the host's face, on their own picture out of focus or on their colour. Never a black hole. */
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
      {person.picture && <img className={css['far']} src={picturePath(person.picture, 'small')} alt="" />}
      {size !== undefined && (
        <span className={cx(css['face'], speaking && css['speaking'])}>
          <Face person={person} size={size} />
        </span>
      )}
    </span>
  );
}
