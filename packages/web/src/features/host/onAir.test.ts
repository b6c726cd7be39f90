import { type FaultCode, type Live, LiveId, type Prepared } from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Capture } from '../../media/capture.ts';
import { Cell } from '../../media/cell.ts';
import type { Way } from '../../media/keepOpen.ts';
import type { Wire } from '../../realtime/wire.ts';
import { OnAir } from './onAir.ts';

const live = LiveId.parse('00000000-0000-4000-8000-000000000001');
const media = { path: '/media', token: 'first', until: 0 };
const prepared = { live: { id: live } as Live, media } as Prepared;

function world(answers: Record<string, (FaultCode | object)[]>) {
  const sent: string[] = [];
  const wire = {
    send: async ({ type }: { type: string }) => {
      sent.push(type);
      const answer = answers[type]?.shift() ?? {};
      return typeof answer === 'string' ? { fault: answer } : { ok: answer };
    },
  } as unknown as Wire;
  const devices = { closed: false };
  const capture = { close: () => Object.assign(devices, { closed: true }) } as unknown as Capture;
  const line: { ask?: () => Promise<Way>; published?: () => Promise<void>; stopped: boolean } = { stopped: false };
  const onAir = new OnAir(wire, capture, prepared, async () => ({
    publish: (ask, _capture, published) => {
      Object.assign(line, { ask, published });
      return {
        state: new Cell({ line: 'open' as const, published: true, quality: 'good' as const }),
        stop: () => Object.assign(line, { stopped: true }),
        faces: new Cell(new Map()),
        attach: () => () => undefined,
      };
    },
  }));
  return { onAir, sent, devices, line };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[LV3] the page reports its track until the media server has it, and only then is on air', async () => {
  const { onAir, line, sent } = world({ 'live.onAir': ['noMedia', 'noMedia', {}] });
  const started = onAir.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(await line.ask?.()).toEqual({ state: 'open', path: '/media', token: 'first' });
  const published = line.published?.();
  await vi.advanceTimersByTimeAsync(400);
  expect(onAir.state.get().state).toBe('starting');
  await vi.advanceTimersByTimeAsync(400);
  await published;
  expect(await started).toBeUndefined();
  expect(sent.filter((type) => type === 'live.onAir')).toHaveLength(3);
  onAir.close();
});

test('[LV3] a live that cannot start says why, and the devices stay open for another try', async () => {
  const { onAir, line, devices } = world({ 'live.onAir': ['liveOver'] });
  const started = onAir.start();
  await vi.advanceTimersByTimeAsync(0);
  await line.published?.();
  expect(await started).toBe('liveOver');
  onAir.abandon();
  expect(devices.closed).toBe(false);
  expect(line.stopped).toBe(true);
});

test('[LV10] a page that finds its host elsewhere stops sending and closes its devices', async () => {
  const { onAir, line, devices } = world({ 'live.return': ['hostElsewhere'] });
  void onAir.start();
  await vi.advanceTimersByTimeAsync(0);
  await line.ask?.();
  expect(await line.ask?.()).toEqual({ state: 'closed' });
  expect(onAir.state.get().state).toBe('elsewhere');
  expect(devices.closed).toBe(true);
  expect(line.stopped).toBe(true);
});

test('[LV5] a broken line comes back into the same live by a new way; a server that is away is asked again later', async () => {
  const { onAir, line } = world({ 'live.return': ['unavailable', { media: { ...media, token: 'second' } }] });
  void onAir.start();
  await vi.advanceTimersByTimeAsync(0);
  await line.ask?.();
  expect(await line.ask?.()).toEqual({ state: 'later' });
  expect(await line.ask?.()).toEqual({ state: 'open', path: '/media', token: 'second' });
  onAir.close();
});

test('[LV5] the page says every two seconds that it is there, while on air and no longer', async () => {
  const { onAir, line, sent } = world({});
  void onAir.start();
  await vi.advanceTimersByTimeAsync(0);
  await line.published?.();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(sent.filter((type) => type === 'live.beat')).toHaveLength(3);
  onAir.close();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(sent.filter((type) => type === 'live.beat')).toHaveLength(3);
});
