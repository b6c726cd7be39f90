import { colourOf, type Group, picturePath } from '@groupcast/protocol';
import { cx } from './cx.ts';
import css from './Face.module.css';
import { initialsOf } from './initials.ts';

interface Faced {
  readonly name: string;
  readonly picture?: Group['picture'];
  readonly faces: readonly { readonly id: string; readonly name: string; readonly picture?: Group['picture'] }[];
}

/** A group's picture, or a mosaic of up to four of its members. `size` in px. */
export function GroupFace({ group, size = 44 }: { readonly group: Faced; readonly size?: number }) {
  const faces = group.faces.slice(0, 4);
  const half = size / 2;
  return (
    <span
      className={css['mosaic']}
      style={{ width: size, height: size, fontSize: faces.length > 1 ? half * 0.44 : size * 0.38 }}
      aria-hidden="true"
    >
      {group.picture ? (
        <img className={css['whole']} src={picturePath(group.picture, 'small')} alt="" width={size} height={size} />
      ) : (
        faces.map((face, index) => (
          <span key={face.id} className={cx(css['face'], css[`f${colourOf(face.id)}`], spanOf(index, faces.length))}>
            {face.picture ? <img src={picturePath(face.picture, 'small')} alt="" /> : initialsOf(face.name).slice(0, 2)}
          </span>
        ))
      )}
    </span>
  );
}

/** One member fills the tile, two share it side by side, the first of three takes the left half. */
function spanOf(index: number, count: number): string | undefined {
  if (count === 1) return cx(css['wide'], css['tall']);
  if (count === 2) return css['tall'];
  return count === 3 && index === 0 ? css['tall'] : undefined;
}
