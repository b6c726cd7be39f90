import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';

const [width, height] = [1280, 720];

/** A drawn scene as a still film, in the one format Chromium's fake camera reads. Answers the file. */
export async function filmOf(name: string, svg: string): Promise<string> {
  const { data } = await sharp(Buffer.from(svg))
    .resize(width, height)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const frame = Buffer.concat([Buffer.from('FRAME\n'), planes(data)]);
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'groupcast-film-')), `${name}.y4m`);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F8:1 Ip A1:1 C420mpeg2\n`);
  await writeFile(file, Buffer.concat([head, frame, frame, frame]));
  return file;
}

/** RGB to planar 4:2:0 after BT.601, as cameras give it. */
function planes(rgb: Buffer): Buffer {
  const luma = Buffer.alloc(width * height);
  const blue = Buffer.alloc((width * height) / 4);
  const red = Buffer.alloc((width * height) / 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const [r, g, b] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      luma[y * width + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (x % 2 === 0 && y % 2 === 0) {
        const half = (y / 2) * (width / 2) + x / 2;
        blue[half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
        red[half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
      }
    }
  return Buffer.concat([luma, blue, red]);
}
