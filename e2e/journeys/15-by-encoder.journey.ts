import type { Page } from '@playwright/test';
import { expect, test } from '../tools/journey.ts';
import { endLive, inviteLink, joinBy, openPreview, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';
import { heard, listenIn } from '../tools/sound.ts';
import { startStreaming, stopStreaming } from '../tools/whip.ts';

/** What stands beside a name in the list of what OBS needs. */
const value = async (page: Page, name: string): Promise<string> =>
  (await page.locator('dl > div').filter({ hasText: name }).locator('dd').textContent()) ?? '';

test('[WE1] [WE2] [WE3] a live that OBS sends: place, key and settings, the picture at members, a break, and a revoked key', async ({
  host,
  open,
}) => {
  const link = await inviteLink(host.page, host.groupPath);
  const wu = await open();
  await listenIn(wu);
  await joinBy(wu, link, 'wu-obs');
  await openPreview(host.page);
  await host.page.getByRole('textbox', { name: 'Topic' }).fill('Sunday service');
  await host.page.getByRole('button', { name: 'Use OBS or another encoder' }).click();
  await expect(host.page.getByRole('heading', { name: 'Waiting for OBS' })).toBeVisible();
  expect(await value(host.page, 'Keyframe Interval')).toBe('1 s');
  const server = await value(host.page, 'Server');
  expect(await value(host.page, 'Bearer Token')).toMatch(/^•+$/);
  await host.page.getByRole('button', { name: 'Show the token' }).click();
  const token = await value(host.page, 'Bearer Token');
  await expect(wu.getByRole('button', { name: 'Watch', exact: true })).toHaveCount(0);
  // The place is kept over a reload.
  await host.page.reload();
  await expect(host.page.getByRole('heading', { name: 'Waiting for OBS' })).toBeVisible();

  const obs = await open({ bypassCSP: true });
  expect(await startStreaming(obs, server, token)).toBe(201);
  await expect(host.page.getByRole('button', { name: 'End live' })).toBeVisible();
  await watch(wu);
  await expectPicture(wu);
  await expect.poll(() => heard(wu)).toBeGreaterThan(0);
  await expectPicture(host.page);

  await stopStreaming(obs);
  await expect(host.page.getByText('The picture of OBS is gone.')).toBeVisible();
  await expect(wu.getByText(/line dropped/)).toBeVisible();
  expect(await startStreaming(obs, server, token)).toBe(201);
  await expect(host.page.getByText('The picture of OBS is gone.')).toBeHidden();
  await expectPicture(wu);

  await host.page.getByRole('button', { name: 'Stream with OBS' }).click();
  await host.page.getByRole('button', { name: 'Revoke token' }).click();
  await host.page.getByRole('dialog', { name: 'Revoke token' }).getByRole('button', { name: 'Revoke token' }).click();
  await expect(host.page.getByRole('button', { name: 'Make a token' })).toBeVisible();
  await host.page.keyboard.press('Escape');
  await expect(host.page.getByText('The picture of OBS is gone.')).toBeVisible();
  expect(await startStreaming(obs, server, token)).toBe(401);

  await host.page.getByRole('button', { name: 'Go on with this camera' }).click();
  await host.page.getByRole('button', { name: 'Continue here' }).click();
  await expectPicture(wu);
  await endLive(host.page);
});
