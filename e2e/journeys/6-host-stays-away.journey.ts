import { query } from '../tools/database.ts';
import { expect, someName, test } from '../tools/journey.ts';
import { goLive, inviteLink, joinBy, watch } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

const graceSeconds = 6;
test.use({ settings: { OPEN_SIGN_UP: 'yes', GRACE_SECONDS: String(graceSeconds) } });

test('[LV6] the host stays away: the live ends once, at the grace', async ({
  product,
  open,
  host: { page: host, groupPath },
}) => {
  const viewer = await open();
  await joinBy(viewer, await inviteLink(host, groupPath), someName('mei'));
  await goLive(host, 'Back in a minute');
  await watch(viewer);
  await expectPicture(viewer);

  await host.context().close();
  await expect(viewer.getByText(/line dropped/)).toBeVisible();
  await expect(viewer.getByText(/Live (has )?ended|ended/i).first()).toBeVisible({ timeout: 20_000 });
  const [live] = await query(
    product,
    `select state, end_reason,
       ended_at - (select max(from_at) from live_interruptions) as waited,
       (select count(*)::int from message_changes where body->>'kind' = 'card') as results from lives`,
  );
  expect(live).toMatchObject({ state: 'ended', end_reason: 'grace', results: 1 });
  expect(Number(live?.['waited'])).toBeGreaterThanOrEqual(graceSeconds * 1000);
  expect(Number(live?.['waited'])).toBeLessThanOrEqual((graceSeconds + 2) * 1000);
});
