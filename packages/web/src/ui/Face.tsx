import { colourOf, type Person, picturePath } from '@groupcast/protocol';
import { useState } from 'react';
import { cx } from './cx.ts';
import css from './Face.module.css';
import { initialsOf } from './initials.ts';

/** A person's picture, or their initials on their own colour. `size` in px. Decorative: the name stands beside it. */
export function Face({
  person,
  size = 36,
}: {
  readonly person: Pick<Person, 'id' | 'name'> & Partial<Person>;
  readonly size?: number;
}) {
  const [broken, setBroken] = useState<string>();
  const shown = person.picture && person.picture !== broken ? person.picture : undefined;
  return (
    <span
      className={cx(css['face'], css[`f${colourOf(person.id)}`])}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {shown ? (
        <img
          src={picturePath(shown, 'small')}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          onError={() => setBroken(shown)}
        />
      ) : (
        initialsOf(person.name)
      )}
    </span>
  );
}
