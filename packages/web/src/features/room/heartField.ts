import { colours, heartShape } from './heartShape.ts';

interface Heart {
  readonly colour: number;
  readonly from: number;
  readonly born: number;
  readonly size: number;
  readonly swing: number;
}

const flightMs = 2_600;
/** More than this in the air is confetti; what comes on top is not drawn. */
const inTheAir = 36;
/** One after the other, so that they do not fly as one block, and so far apart that a storm of them fills the air evenly. */
const apartMs = flightMs / inTheAir;
/** Hearts of one frame leave within this time; what does not find a place by then is not drawn. */
const spreadMs = 400;
/** Every other frame of a screen: what floats slowly floats as well, and half the work is left for hands. */
const betweenMs = 20;
/** What has not come back by then was lost on its way. */
const echoMost = 100;

/** Colour and count. */
type Flown = readonly (readonly [number, number])[];

/** A colour by lot, more often where there are more. */
function anyOf(hearts: Flown): number {
  let lot = Math.random() * hearts.reduce((sum, [, count]) => sum + count, 0);
  for (const [colour, count] of hearts) {
    lot -= count;
    if (lot < 0) return colour;
  }
  return 1;
}

/** All hearts of a room on one canvas. Draws only while one flies, and nothing where motion is reduced. Ends with `close()`. */
export class HeartField {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #size: ResizeObserver;
  readonly #ratio = Math.min(2, devicePixelRatio);
  readonly #shape = heartShape();
  #hearts: Heart[] = [];
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #width = 0;
  #height = 0;
  /** Own taps that were drawn at once and will come back with everybody's. */
  #echo = 0;
  /** When the next heart of others may leave. */
  #nextAt = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
    // Asking the canvas for its size in each frame would make the browser lay the page out in each frame.
    this.#size = new ResizeObserver(() => this.#measure());
    this.#size.observe(canvas);
  }

  /** The person's own tap. It always flies: in a full air the oldest heart makes room. */
  tap(colour: number): void {
    if (!this.#flies()) return;
    this.#echo = Math.min(echoMost, this.#echo + 1);
    if (this.#hearts.length >= inTheAir) this.#hearts.shift();
    this.#add(colour, performance.now());
  }

  /** What came from the room: colour and count; own ones that were drawn already are taken off. */
  fly(hearts: Flown, own: number): void {
    const others = hearts.map(([colour, count]) => [colour, count - this.#echoed(colour, count, own)] as const);
    if (!this.#flies()) return;
    const now = performance.now();
    let left = others.reduce((sum, [, count]) => sum + count, 0);
    this.#nextAt = Math.max(this.#nextAt, now);
    for (; left > 0 && this.#nextAt < now + spreadMs && this.#hearts.length < inTheAir; left -= 1) {
      this.#add(anyOf(others), this.#nextAt);
      this.#nextAt += apartMs * (0.6 + Math.random() * 0.8);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#size.disconnect();
    this.#hearts = [];
  }

  /** How many of these were drawn when the person tapped. */
  #echoed(colour: number, count: number, own: number): number {
    const drawn = colour === own ? Math.min(this.#echo, count) : 0;
    this.#echo -= drawn;
    return drawn;
  }

  #flies(): boolean {
    return !this.#calm.matches && !document.hidden;
  }

  #add(colour: number, born: number): void {
    this.#hearts.push({
      colour,
      born,
      from: 0.35 + Math.random() * 0.4,
      size: 11 + Math.random() * 8,
      swing: Math.random() * 6,
    });
    if (this.#hearts.length === 1) this.#ask();
  }

  #ask = (): void => {
    this.#frame = requestAnimationFrame(this.#draw);
  };

  #measure(): void {
    this.#width = this.#canvas.clientWidth;
    this.#height = this.#canvas.clientHeight;
    this.#canvas.width = Math.round(this.#width * this.#ratio);
    this.#canvas.height = Math.round(this.#height * this.#ratio);
  }

  #draw = (now: number): void => {
    const context = this.#context;
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#hearts = this.#hearts.filter(({ born }) => now - born < flightMs);
    for (const heart of this.#hearts) this.#paint(context, heart, (now - heart.born) / flightMs);
    // A timer, because asking for each frame and passing over half of them makes the browser prepare all of them.
    if (this.#hearts.length > 0) this.#timer = setTimeout(this.#ask, betweenMs);
  };

  #paint(context: CanvasRenderingContext2D, { colour, from, size, swing }: Heart, age: number): void {
    if (age < 0) return;
    const x = this.#width * from + Math.sin(swing + age * 7) * this.#width * 0.14;
    // Slower towards the top, and never out of the canvas.
    const y = this.#height - size * 1.2 - age * (2 - age) * (this.#height - size * 3);
    const turn = Math.sin(swing + age * 5) * 0.25;
    const scale = size * this.#ratio;
    const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale];
    context.globalAlpha = age < 0.6 ? 0.95 : 0.95 * (1 - (age - 0.6) / 0.4);
    context.fillStyle = colours[(colour - 1) % colours.length] ?? colours[0];
    context.setTransform(cos, sin, -sin, cos, x * this.#ratio, y * this.#ratio);
    context.fill(this.#shape);
  }
}
