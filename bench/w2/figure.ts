import { absoluteFigure, type Figure } from '../figure.ts';

export type { Figure } from '../figure.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A figure that may be `most` and not more. */
export const atMost = (name: string, ours: number, most: number, unit: string): Figure =>
  absoluteFigure({ id: 'W2', name, unit, most }, [rounded(ours)]);

/** The same beside what the anchor took in the same run. Where the anchor itself fails, the machine is too busy to tell. */
export function besideAnchor(name: string, ours: number, anchor: number, most: number, unit: string): Figure {
  const ratio = anchor > 0 ? rounded(ours / anchor) : null;
  const why = anchor > most ? 'void: a room in which nobody speaks was as slow' : null;
  return {
    ...atMost(name, ours, most, unit),
    anchor: rounded(anchor),
    ratio,
    ok: ours <= most && why === null,
    void: why,
  };
}
