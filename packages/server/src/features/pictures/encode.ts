import { limits } from '@groupcast/protocol';
import type { Sharp } from 'sharp';
import { ok, type Result, refuse } from '../core/index.ts';

export interface Encoded {
  readonly width: number;
  readonly height: number;
  readonly full: Buffer;
  readonly small: Buffer;
}

/** Pixels that a picture may unpack to: a phone's panorama fits, a small file that fills the memory does not. */
const maxPixels = 64_000_000;
const fullSide = 2_048;
const smallSide = 320;
/** A page sends 480 pixels at most; what is much more is not from one of ours. */
const stillPixels = 2_000_000;
const stillSide = 480;
/** Decoding that takes longer is an attack or a mistake. */
const seconds = 10;
/** What browsers and phones make; others are not worth their decoders' risks. */
const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** Loaded with the first picture: it holds ten megabytes, and caches that would grow are off. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp;
}

/**
 * Decodes a picture and encodes it anew: turned as its camera was held, without anything beside the pixels. Refuses
 * `notAPicture`, and `tooLarge` for what is too many bytes or unpacks to too many pixels.
 */
export async function encodePicture(bytes: Buffer): Promise<Result<Encoded>> {
  if (bytes.length > limits.pictureBytes) return refuse('tooLarge');
  const sharp = await loadSharp();
  const within = (side: number): Sharp =>
    sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .timeout({ seconds })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
  try {
    const head = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (!formats.has(head.format)) return refuse('notAPicture');
    if (head.width * head.height > maxPixels) return refuse('tooLarge');
    const full = await within(fullSide).webp({ quality: 82 }).toBuffer({ resolveWithObject: true });
    const small = await within(smallSide).webp({ quality: 78 }).toBuffer();
    return ok({ width: full.info.width, height: full.info.height, full: full.data, small });
  } catch (error) {
    if (error instanceof Error && isAboutInput(error)) return refuse('notAPicture');
    throw error;
  }
}

/** A frame that a host's page took, small and without anything beside its pixels. Refuses as `encodePicture` does. */
export async function encodeStill(bytes: Buffer): Promise<Result<Buffer>> {
  if (bytes.length > limits.stillBytes) return refuse('tooLarge');
  const sharp = await loadSharp();
  try {
    const input = sharp(bytes, { limitInputPixels: stillPixels, failOn: 'error' }).timeout({ seconds });
    if (!formats.has((await input.metadata()).format)) return refuse('notAPicture');
    return ok(
      await input
        .resize({ width: stillSide, height: stillSide, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 60 })
        .toBuffer(),
    );
  } catch (error) {
    if (error instanceof Error && isAboutInput(error)) return refuse('notAPicture');
    throw error;
  }
}

/** The decoder's own errors carry no system code; a full disk or missing memory does. */
const isAboutInput = (error: Error): boolean => !('code' in error);
