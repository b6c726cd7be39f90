import { expectAccessible } from '../tools/accessible.ts';
import { query } from '../tools/database.ts';
import { expect, test } from '../tools/journey.ts';
import { endLive, goLive, newOwner, summaryOf } from '../tools/people.ts';
import { expectPicture } from '../tools/picture.ts';

// As a newcomer starts it: nobody but the owner's first link gets in.
test.use({ settings: {} });

test('[AC1] [LV3] a new owner, alone: from the first link to a live and its summary', async ({ product, open }) => {
  const page = await open();
  await page.goto(product.firstLink);
  await expectAccessible(page, 'first link');
  await newOwner(page, product);
  await goLive(page, 'Maths today: tangents');
  await expectPicture(page);
  await endLive(page);

  const shown = await summaryOf(page);
  expect(shown).toMatchObject({ Viewers: '0', Comments: '0', Likes: '0' });
  const lives = await query(product, 'select topic, state, viewers, comments, likes, end_reason from lives');
  expect(lives).toEqual([
    { topic: 'Maths today: tangents', state: 'ended', viewers: 0, comments: 0, likes: 0, end_reason: 'host' },
  ]);

  const second = await open();
  await second.goto(product.firstLink);
  await expect(second.getByRole('button', { name: 'Create account' })).toBeHidden();
  await expect(second.getByText(/already/i)).toBeVisible();
});
