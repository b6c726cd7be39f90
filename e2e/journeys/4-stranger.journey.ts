import WebSocket from 'ws';
import { expect, someName, test } from '../tools/journey.ts';
import { createGroup, goLive, inviteLink, joinBy, signUp } from '../tools/people.ts';
import { cookieOf, Wire } from '../tools/wire.ts';

test('[GR2] [W5] [MD1] a stranger with the link: page, API, socket and signalling tell nothing', async ({
  product,
  open,
  host: { page: host, username },
}) => {
  await goLive(host, 'Only for us');
  const real = new URL(host.url()).pathname;
  const [, , group, , live] = real.split('/');
  if (!group || !live) throw new Error(`no live in ${real}`);
  const invented = { group: crypto.randomUUID(), live: crypto.randomUUID() };

  const stranger = await open();
  await stranger.goto(`${product.url}${real}`);
  await expect(stranger.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(stranger.locator('body')).not.toContainText(new RegExp(`Only for us|Spring Class|${username}`));

  await test.step('page and API, without and with an account of their own', async () => {
    const asked = (of: { group: string; live: string }) => [
      `/g/${of.group}/live/${of.live}`,
      `/api/groups/${of.group}`,
      `/api/groups/${of.group}/members`,
      `/api/groups/${of.group}/messages?before=10`,
      `/api/lives/${of.live}`,
      `/api/lives/${of.live}/summary`,
    ];
    const answers = async (of: { group: string; live: string }) =>
      Promise.all(
        asked(of).map(async (path) => {
          const reply = await stranger.request.get(`${product.url}${path}`);
          return [reply.status(), await reply.text()];
        }),
      );
    expect(await answers({ group, live })).toEqual(await answers(invented));

    await signUp(stranger, product.url, someName('stranger'));
    expect((await stranger.request.get(`${product.url}/api/me`)).status()).toBe(200);
    const signedIn = await answers({ group, live });
    expect(signedIn).toEqual(await answers(invented));
    expect(signedIn.slice(1).map(([status]) => status)).toEqual([404, 404, 404, 404, 404]);
  });

  const cookie = await cookieOf(stranger);
  await test.step('socket', async () => {
    const wire = await Wire.connect(product.url, cookie);
    for (const [one, other] of [
      [`group:${group}`, `group:${invented.group}`],
      [`live:${live}`, `live:${invented.live}`],
    ] as const) {
      const refusal = await wire.send({ type: 'channel.join', channel: one });
      expect(refusal).toEqual(await wire.send({ type: 'channel.join', channel: other }));
      expect(refusal).toEqual({ fault: 'notFound' });
    }
    expect(await wire.send({ type: 'media.join', live })).toEqual({ fault: 'notFound' });
    expect(await wire.send({ type: 'comment.send', live, clientId: crypto.randomUUID(), text: 'hello' })).toEqual({
      fault: 'notFound',
    });
    expect(await wire.send({ type: 'live.end', live })).toEqual({ fault: 'notFound' });
    wire.close();
  });

  await test.step('signalling, even with a token that was made for a member', async () => {
    const member = await open();
    await joinBy(member, await inviteLink(host, `/g/${group}`), someName('mei'));
    const wire = await Wire.connect(product.url, await cookieOf(member));
    const grant = await wire.send({ type: 'media.join', live });
    if (!('ok' in grant)) throw new Error('a member was refused');
    const { path, token } = grant.ok as { path: string; token: string };
    wire.close();
    const upgrade = (headers: Record<string, string>) =>
      statusOf(`${product.url}${path}/rtc?access_token=${token}&auto_subscribe=1&sdk=js&protocol=16`, headers);
    expect(await upgrade({})).toBe(401);
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ cookie: await cookieOf(member) })).toBe(101);
  });

  await test.step('an own group of the stranger shows nothing either', async () => {
    await stranger.goto(product.url);
    await createGroup(stranger, 'Elsewhere');
    await expect(stranger.locator('body')).not.toContainText(/Only for us|live broadcast/);
  });
});

/** What the server answers to an upgrade: 101 or the status of its refusal. */
function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const socket = new WebSocket(url.replace('http', 'ws'), { headers: { origin: new URL(url).origin, ...headers } });
  socket.on('error', reject);
  socket.on('open', () => {
    resolve(101);
    socket.close();
  });
  socket.on('unexpected-response', (request, response) => {
    resolve(response.statusCode ?? 0);
    request.destroy();
  });
  return promise;
}
