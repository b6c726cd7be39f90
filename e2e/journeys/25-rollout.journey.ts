import { execFile } from 'node:child_process';
import path from 'node:path';
import { query } from '../tools/database.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { comment, goLive, inviteLink, joinBy, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import type { Product } from '../tools/product.ts';

// A product of its own: what an operator switches holds everywhere in it.
test.use({ settings: { OPEN_SIGN_UP: 'yes', GRACE_SECONDS: '60' } });

/** What `npm run rollout` does with these options. */
const rollOut = (product: Product, ...options: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, DATA_DIR: product.dataDir };
    execFile(process.execPath, ['scripts/rollout.js', ...options], { cwd: root, env }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout),
    );
  });
const root = path.join(import.meta.dirname, '../..');

test('[RO3] [RO4] one has it, the other not, in the same group; a switch stops starts, a second ends what runs', async ({
  host,
  product,
  open,
}) => {
  const link = await inviteLink(host.page, host.groupPath);
  const [lin, wu] = [await open(), await open()];
  const [linName, wuName] = [someName('lin'), someName('wu')];
  await joinBy(lin, link, linName);
  await joinBy(wu, link, wuName);
  const idOf = async (name: string) =>
    String((await query(product, 'select id from users where name = $1', [name]))[0]?.['id']);
  const named = [linName, host.username].map(async (name) => ['--in', `person:${await idOf(name)}`]);
  const said = await rollOut(product, ...(await Promise.all(named)).flat());
  expect(said).toContain('0 % of people, 0 % of groups');
  expect(said).toContain('2 people, 0 groups');

  await wu.getByRole('button', { name: 'More', exact: true }).click();
  const panel = wu.getByRole('region', { name: 'More to send' });
  await expect(panel.getByRole('button', { name: 'Photo' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Group live' })).toHaveCount(0);
  await wu.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await goLive(lin, 'First in the group');
  await watch(wu);
  await expectPicture(wu);
  await comment(wu, 'I can watch');
  await expect(lin.getByRole('log', { name: 'Comments' }).getByText('I can watch')).toBeVisible();

  await rollOut(product, '--gate', 'noStarts');
  await host.page.getByRole('button', { name: 'More', exact: true }).click();
  await host.page.getByRole('button', { name: 'Group live' }).click();
  await expect(host.page.getByRole('dialog', { name: 'Lives are paused' })).toBeVisible();
  await expectPicture(wu);

  await rollOut(product, '--gate', 'off');
  await expect(wu.getByText('This live is over')).toBeVisible();
  await expect(lin.getByRole('region', { name: 'Live summary' })).toBeVisible();

  await rollOut(product, '--gate', 'open', '--people', '25');
  await expect(rollOut(product, '--people', '24')).rejects.toThrow('Shares only grow');
  await expect(rollOut(product, '--people', '250')).rejects.toThrow('a whole number from 0 to 100');
  await expect(rollOut(product, '--in', 'somebody')).rejects.toThrow('is no name');
  expect(await rollOut(product)).toMatch(/25 % of people[\s\S]*since then {3}0 lives on air/);
});
