import { expectAccessible } from '../tools/accessible.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { comment, goLive, inviteLink, joinBy, watch } from '../tools/people.ts';

test('[MU1] [MU2] the host mutes a viewer, who reads until when, and may comment again when the time is over', async ({
  host,
  open,
}) => {
  const link = await inviteLink(host.page, host.groupPath);
  const lin = await open();
  await joinBy(lin, link, someName('lin'));
  await goLive(host.page, 'Manners');
  await watch(lin);
  await comment(lin, 'buy my shoes');

  const comments = host.page.getByRole('log', { name: 'Comments' });
  await comments.getByText('buy my shoes').click();
  await comments.getByRole('button', { name: 'Mute this person' }).click();
  const dialog = host.page.getByRole('dialog', { name: /^Mute lin/ });
  await dialog.getByRole('combobox', { name: 'For' }).selectOption('10 seconds');
  await expectAccessible(host.page, 'the mute');
  await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
  const mutedAt = Date.now();
  await expect(lin.getByText(/You may comment again at \d\d:\d\d/)).toBeVisible();
  expect(Date.now() - mutedAt).toBeLessThan(1_000);
  await expect(lin.getByRole('textbox', { name: 'Comment' })).toHaveCount(0);
  await expectAccessible(lin, 'the muted room');
  await expect(dialog).toBeHidden();

  await expect(lin.getByRole('textbox', { name: 'Comment' })).toBeVisible();
  await comment(lin, 'sorry');
  await expect(comments.getByText('sorry')).toBeVisible();

  await comments.getByText('sorry').click();
  await comments.getByRole('button', { name: 'Mute this person' }).last().click();
  await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(lin.getByText(/You may comment again/)).toBeVisible();
  await comments.getByText('sorry').click();
  await comments.getByRole('button', { name: 'Mute this person' }).last().click();
  await dialog.getByRole('button', { name: 'Let them comment again' }).click();
  await expect(lin.getByRole('textbox', { name: 'Comment' })).toBeVisible();
});
