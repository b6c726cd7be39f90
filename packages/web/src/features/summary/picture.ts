import type { Summary } from '@groupcast/protocol';
import { curveOf } from './model.ts';

export interface PictureContent {
  readonly title: string;
  readonly subtitle: string;
  readonly numbers: readonly { readonly name: string; readonly value: string }[];
  readonly viewers: string;
  readonly summary: Summary;
}

const width = 1080;
const height = 1200;
const edge = 80;
const colours = {
  ground: '#fbfdfd',
  text: '#152023',
  quiet: '#4c5759',
  line: '#d5dadb',
  accent: '#0b8457',
  warn: '#f5b342',
} as const;

/** Draws the numbers as a picture of their own and saves it on this device. Nothing is sent anywhere. */
export async function savePicture(content: PictureContent): Promise<void> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  draw(pen, content);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${content.title}.png`;
  link.click();
  // The browser has taken the address over when the next task begins.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

function draw(pen: CanvasRenderingContext2D, { title, subtitle, numbers, viewers, summary }: PictureContent): void {
  const family = getComputedStyle(document.body).fontFamily;
  const write = (text: string, x: number, y: number, size: number, colour: string, strong = false) => {
    pen.font = `${strong ? 600 : 400} ${size}px ${family}`;
    pen.fillStyle = colour;
    pen.fillText(text, x, y, width - edge - x);
  };
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, width, height);
  write(title, edge, 140, 56, colours.text, true);
  write(subtitle, edge, 200, 32, colours.quiet);
  numbers.forEach(({ name, value }, index) => {
    const [x, y] = [edge + (index % 2) * (width / 2 - edge / 2), 360 + Math.floor(index / 2) * 180];
    write(value, x, y, 88, colours.text, true);
    write(name, x, y + 48, 32, colours.quiet);
  });
  write(viewers, edge, 730, 32, colours.text, true);
  pen.translate(edge, 780);
  drawCurve(pen, summary, width - 2 * edge, 280);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  write('Groupcast', edge, height - 60, 28, colours.quiet);
}

function drawCurve(pen: CanvasRenderingContext2D, summary: Summary, wide: number, high: number): void {
  const curve = curveOf(summary, wide, high);
  pen.fillStyle = colours.warn;
  for (const { x, width: bar } of curve.interrupted) pen.fillRect(x, 0, bar, high);
  pen.fillStyle = `${colours.accent}33`;
  pen.fill(new Path2D(curve.area));
  pen.lineWidth = 5;
  pen.lineJoin = 'round';
  pen.strokeStyle = colours.accent;
  pen.stroke(new Path2D(curve.line));
  pen.fillStyle = colours.line;
  pen.fillRect(0, high, wide, 2);
}
