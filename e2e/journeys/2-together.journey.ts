import { desktop } from '../tools/browsers.ts';
import { query } from '../tools/database.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { comment, endLive, goLive, inviteLink, joinBy, summaryOf, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

test('[SU1] [LV11] host and two viewers: picture, comments both ways, likes, counters, end, summary', async ({
  product,
  open,
  host: { page: host, groupPath, group },
}) => {
  const link = await inviteLink(host, groupPath);
  const [mei, tao] = await Promise.all([open(), open(desktop)]);
  await joinBy(mei, link, someName('mei'));
  await joinBy(tao, link, someName('tao'));

  await goLive(host, 'Tea for the fair');
  await expect(mei.getByRole('button', { name: '1 live broadcast in the group' })).toBeVisible();
  await expect(mei.getByRole('article', { name: /Live of .*Tea for the fair/ })).toBeVisible();

  await expect(tao.getByRole('link', { name: /Spring Class.*is live/ })).toBeVisible();

  await watch(mei);
  await tao.getByRole('button', { name: '1 live broadcast in the group' }).click();
  await Promise.all([expectPicture(mei), expectPicture(tao)]);
  await expect(host.getByLabel(/^2 viewers$/i)).toBeVisible();

  await comment(mei, 'The kettle is on');
  await comment(tao, 'Saving me a cup? 🍵');
  await comment(host, '都有份');
  for (const page of [host, mei, tao])
    for (const text of ['The kettle is on', 'Saving me a cup? 🍵', '都有份'])
      await expect(page.getByRole('log', { name: 'Comments' }).getByText(text)).toBeVisible();

  for (let tap = 0; tap < 7; tap++) await mei.getByRole('button', { name: 'Like', exact: true }).click();
  for (let tap = 0; tap < 3; tap++) await tao.getByRole('button', { name: 'Like', exact: true }).click();
  for (const page of [host, mei, tao]) await expect(page.getByLabel(/^10 likes$/i)).toBeVisible();

  await endLive(host);
  const shown = await summaryOf(host);
  expect(shown).toMatchObject({ Viewers: '2', Comments: '3', Likes: '10' });

  const [row] = await query(
    product,
    `select viewers, comments, likes, state,
       (select count(*)::int from comments c where c.live_id = l.id and c.deleted_by is null) as stored_comments,
       (select sum(taps)::int from likes k where k.live_id = l.id) as stored_likes,
       (select count(distinct user_id)::int from attendance a where a.live_id = l.id and a.user_id <> l.host) as stored_viewers,
       ended_at - since as duration
     from lives l where group_id = $1`,
    [group],
  );
  expect(row).toMatchObject({
    state: 'ended',
    viewers: 2,
    stored_viewers: 2,
    comments: 3,
    stored_comments: 3,
    likes: 10,
    stored_likes: 10,
  });
  const seconds = Math.round(Number(row?.['duration']) / 1000);
  const [minutes = 0, rest = 0] = (shown['Duration'] ?? '').split(':').map(Number);
  expect(Math.abs(minutes * 60 + rest - seconds)).toBeLessThanOrEqual(1);

  for (const page of [mei, tao]) {
    await page
      .getByRole('button', { name: /^(Leave|Back to the chat)$/ })
      .first()
      .click();
    await expect(page.getByRole('button', { name: /live broadcast/ })).toBeHidden();
    await expect(page.getByRole('article', { name: /Live of .*Tea for the fair/ })).toContainText(/Ended/);
  }
});
