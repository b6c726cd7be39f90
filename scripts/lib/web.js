import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './install.js';

const web = join(root, 'packages/web');

/**
 * The page while developing: rebuilt as one types, with everything else passed on to the server.
 * @param {{ port: number, server: string }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startWebDev({ port, server }) {
  const { createServer } = await import(createRequire(join(web, 'package.json')).resolve('vite'));
  const socket = { target: server, ws: true };
  const page = await createServer({
    configFile: join(web, 'vite.config.ts'),
    server: { port, strictPort: true, host: '127.0.0.1', proxy: { '/api': server, '/ws': socket, '/media': socket } },
  });
  await page.listen();
  return { url: `http://127.0.0.1:${port}`, stop: () => page.close() };
}
