import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from '../tools/browsers.ts';
import { newOwner, openPage } from '../tools/people.ts';
import type { Product } from '../tools/product.ts';
import type { Figure } from './figure.ts';

const assets = path.join(import.meta.dirname, '../../packages/web/dist');

/** Gzipped JavaScript that a page has asked for by the time the chat is open and nothing has been tapped. */
export async function measurePage(product: Product): Promise<Figure> {
  const browser = await launch();
  try {
    const first = await openPage(browser);
    const chat = await newOwner(first, product);
    const page = await first.context().newPage();
    const asked = new Set<string>();
    page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.add(new URL(request.url()).pathname);
    });
    await page.goto(`${product.url}${chat}`, { waitUntil: 'networkidle' });
    const files = await readdir(assets, { recursive: true });
    const sizes = files
      .filter((file) => asked.has(`/${file}`))
      .map(async (file) => gzipSync(await readFile(path.join(assets, file))).length);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    return { name: 'JavaScript before a live is opened, gzip', value: Math.round(bytes / 1024), unit: 'KB', aim: 120 };
  } finally {
    await browser.close();
  }
}
