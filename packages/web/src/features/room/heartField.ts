interface Heart {
  readonly colour: number;
  readonly from: number;
  readonly born: number;
  readonly size: number;
  readonly swing: number;
}

/** Pastel twins of the eight face colours, so that they read on any picture. */
const hues = [25, 60, 105, 150, 195, 240, 285, 335] as const;
const flightMs = 2_600;
/** More than this in the air is confetti; what comes on top is not drawn. */
const inTheAir = 36;
/** Hearts of one frame leave within this time, so that they do not fly as one block. */
const spreadMs = 400;

/** All hearts of a room on one canvas. Draws only while one flies. Ends with `close()`. */
export class HeartField {
  readonly #canvas: HTMLCanvasElement;
  readonly #still: boolean;
  #hearts: Heart[] = [];
  #frame = 0;
  /** Own taps that were drawn at once and will come back with everybody's. */
  #echo = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /** The person's own tap. */
  tap(colour: number): void {
    this.#echo += 1;
    this.#add(colour, performance.now());
  }

  /** What came from the room: colour and count; own ones that were drawn already are taken off. */
  fly(hearts: readonly (readonly [number, number])[], own: number): void {
    const now = performance.now();
    for (const [colour, count] of hearts) {
      const drawn = colour === own ? Math.min(this.#echo, count) : 0;
      this.#echo -= drawn;
      for (let i = drawn; i < count && this.#hearts.length < inTheAir; i += 1)
        this.#add(colour, now + Math.random() * spreadMs);
    }
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#hearts = [];
  }

  #add(colour: number, born: number): void {
    if (this.#still || document.hidden || this.#hearts.length >= inTheAir) return;
    const heart = {
      colour,
      born,
      from: 0.35 + Math.random() * 0.4,
      size: 11 + Math.random() * 8,
      swing: Math.random() * 6,
    };
    this.#hearts.push(heart);
    if (this.#hearts.length === 1) this.#frame = requestAnimationFrame(this.#draw);
  }

  #draw = (now: number): void => {
    const canvas = this.#canvas;
    const context = canvas.getContext('2d');
    if (!context) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = Math.min(2, devicePixelRatio);
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#hearts = this.#hearts.filter(({ born }) => now - born < flightMs);
    for (const heart of this.#hearts) paint(context, heart, (now - heart.born) / flightMs, width, height);
    if (this.#hearts.length > 0) this.#frame = requestAnimationFrame(this.#draw);
  };
}

function paint(context: CanvasRenderingContext2D, heart: Heart, age: number, width: number, height: number): void {
  if (age < 0) return;
  const x = width * heart.from + Math.sin(heart.swing + age * 7) * width * 0.14;
  // Slower towards the top, and never out of the canvas.
  const y = height - heart.size * 1.2 - age * (2 - age) * (height - heart.size * 3);
  const { size } = heart;
  context.globalAlpha = age < 0.6 ? 0.95 : 0.95 * (1 - (age - 0.6) / 0.4);
  context.fillStyle = `oklch(0.8 0.11 ${hues[(heart.colour - 1) % hues.length] ?? 25})`;
  context.save();
  context.translate(x, y);
  context.rotate(Math.sin(heart.swing + age * 5) * 0.25);
  context.beginPath();
  context.moveTo(0, size * 0.85);
  context.bezierCurveTo(-size * 1.5, -size * 0.15, -size * 0.75, -size * 1.15, 0, -size * 0.35);
  context.bezierCurveTo(size * 0.75, -size * 1.15, size * 1.5, -size * 0.15, 0, size * 0.85);
  context.fill();
  context.restore();
}
