import { type Browser, type BrowserContextOptions, test as base, type Page } from '@playwright/test';
import { launch } from './browsers.ts';
import { createGroup, openPage, signUp } from './people.ts';
import { type Product, startProduct } from './product.ts';

export { expect } from '@playwright/test';

/** Who has made a group for this journey and is in its chat. */
export interface Host {
  readonly page: Page;
  readonly username: string;
  readonly groupPath: string;
  /** The group's id: every question to the database names it, because journeys share a product. */
  readonly group: string;
}

interface Each {
  /** Opens a person's page, on a phone in English unless told otherwise; it is closed when the journey ends. */
  readonly open: (look?: BrowserContextOptions, browser?: Browser) => Promise<Page>;
  readonly host: Host;
}

interface Shared {
  /** What differs from the defaults. Journeys with the same settings share one product, each with a group of its own. */
  readonly settings: Readonly<Record<string, string>>;
  readonly product: Product;
  readonly browser: Browser;
}

/** A journey: a running product, a browser, and people who open pages in it. */
export const test = base.extend<Each, Shared>({
  settings: [{ OPEN_SIGN_UP: 'yes' }, { scope: 'worker', option: true }],
  product: [
    async ({ settings }, use) => {
      const product = await startProduct(settings);
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names that a fixture asks for.
    async ({}, use) => {
      const browser = await launch();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ browser: usual }, use) => {
    const opened: Page[] = [];
    await use(async (look, browser = usual) => {
      const page = await openPage(browser, look);
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.context().close()));
  },
  host: async ({ open, product }, use) => {
    await use(await newHost(await open(), product));
  },
});

/** Signs somebody up and lets them make a group. */
export async function newHost(page: Page, product: Product): Promise<Host> {
  const username = someName('host');
  await signUp(page, product.url, username);
  await page.goto(product.url);
  const groupPath = await createGroup(page, 'Spring Class');
  return { page, username, groupPath, group: groupPath.split('/')[2] ?? '' };
}

let names = 0;

/** A username that nobody in this product has yet. */
export const someName = (name: string): string => `${name}${process.pid}n${++names}`;
