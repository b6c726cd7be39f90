const colourOf = (hue: number): string => `oklch(0.8 0.11 ${hue})`;

/** Pastel twins of the eight face colours, so that they read on any picture. */
export const colours = [
  colourOf(25),
  colourOf(60),
  colourOf(105),
  colourOf(150),
  colourOf(195),
  colourOf(240),
  colourOf(285),
  colourOf(335),
] as const;

/** A heart about two wide and high, around its middle; made once, because each frame fills it dozens of times. */
export function heartShape(): Path2D {
  const shape = new Path2D();
  shape.moveTo(0, 0.85);
  shape.bezierCurveTo(-1.5, -0.15, -0.75, -1.15, 0, -0.35);
  shape.bezierCurveTo(0.75, -1.15, 1.5, -0.15, 0, 0.85);
  return shape;
}
