import { chromium } from '@playwright/test';
import { type Look, optionsOf } from './browsers.ts';
import { familyOf } from './family.ts';

/** A browser that can be stopped in the middle of everything: its line is then silent, and nobody is told. */
export async function launchFreezable(look: Look = {}) {
  const server = await chromium.launchServer(optionsOf(look));
  const browser = await chromium.connect(server.wsEndpoint());
  const { pid } = server.process();
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const one of familyOf(pid ?? 0)) process.kill(one, name);
  };
  return {
    browser,
    freeze: () => signal('SIGSTOP'),
    async [Symbol.asyncDispose]() {
      signal('SIGCONT');
      await server.close();
    },
  };
}
