// Draws the installable icons from public/icons/icon.svg: node packages/web/scripts/icons.js
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const folder = path.join(import.meta.dirname, '../public/icons');
const drawing = await readFile(path.join(folder, 'icon.svg'), 'utf8');
// Launchers cut maskable icons to any shape: full ground, and the sign within the safe 80 %.
const maskable = drawing
  .replace('rx="16"', '')
  .replace('<path', '<g transform="translate(9 9) scale(.72)"><path')
  .replace('</svg>', '</g></svg>');

const draw = async (svg, size, name) => {
  const png = await sharp(Buffer.from(svg), { density: 72 * (size / 64) * 2 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
  await writeFile(path.join(folder, name), png);
};

await draw(drawing, 192, 'icon-192.png');
await draw(drawing, 512, 'icon-512.png');
await draw(maskable, 512, 'maskable-512.png');
await draw(drawing.replace('rx="16"', ''), 180, 'apple-touch.png');
