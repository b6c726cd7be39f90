import { openRule, type StartRule } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { barFor, mayAnswer, quietEnd, type Standing } from './rules.ts';

const member: Standing = { leads: false, named: false, allowedUntil: null, endedAt: null };
const rule = (part: Partial<StartRule>): StartRule => ({ ...openRule, ...part });
/** Wednesday 25 November 2026, 12:34:56 in Shanghai. */
const noon = Date.UTC(2026, 10, 25, 4, 34, 56);
const minute = 60_000;

test('[SR1] everybody, who is named, or who was allowed may start; owner and admins always', () => {
  const cases: readonly [StartRule['who'], Partial<Standing>, string | undefined][] = [
    ['everyone', {}, undefined],
    ['named', {}, 'startNamed'],
    ['named', { named: true }, undefined],
    ['named', { allowedUntil: noon + 1 }, 'startNamed'],
    ['ask', {}, 'startAsk'],
    ['ask', { named: true }, 'startAsk'],
    ['ask', { allowedUntil: noon }, 'startAsk'],
    ['ask', { allowedUntil: noon + 1 }, undefined],
    ['named', { leads: true }, undefined],
    ['ask', { leads: true }, undefined],
  ];
  for (const [who, standing, why] of cases)
    expect(barFor(rule({ who }), { ...member, ...standing }, noon)?.why, `${who} ${JSON.stringify(standing)}`).toBe(
      why,
    );
});

test('[SR1] [SR2] quiet hours hold by the clock of their place, also past midnight, and say when they are over', () => {
  const zone = 'Asia/Shanghai';
  const at = (from: number, until: number) => quietEnd({ from: from * 60, until: until * 60, zone }, noon);
  expect(at(12, 14)).toBe(Date.UTC(2026, 10, 25, 6));
  expect(at(13, 14)).toBeNull();
  expect(at(8, 12)).toBeNull();
  expect(at(22, 7)).toBeNull();
  expect(at(22, 13)).toBe(Date.UTC(2026, 10, 25, 5));
  expect(at(11, 7)).toBe(Date.UTC(2026, 10, 25, 23));
  expect(quietEnd({ from: 12 * 60, until: 14 * 60, zone: 'Europe/Berlin' }, noon)).toBeNull();
  const quiet = { from: 12 * 60, until: 14 * 60, zone };
  expect(barFor(rule({ quiet }), member, noon)).toEqual({ why: 'quietHours', until: Date.UTC(2026, 10, 25, 6) });
  expect(barFor(rule({ quiet }), { ...member, leads: true }, noon)).toBeNull();
});

test('[SR1] [SR2] who was live waits, from the end of that live on', () => {
  const waits = rule({ coolDownMinutes: 30 });
  expect(barFor(waits, member, noon)).toBeNull();
  expect(barFor(waits, { ...member, endedAt: noon - 30 * minute }, noon)).toBeNull();
  expect(barFor(waits, { ...member, endedAt: noon - 29 * minute }, noon)).toEqual({
    why: 'coolDown',
    until: noon + minute,
  });
});

test('[SR3] only who leads answers a request, and the first answer holds', () => {
  expect(mayAnswer(true, 'waiting')).toBe('yes');
  expect(mayAnswer(false, 'waiting')).toBe('notAllowed');
  expect(mayAnswer(true, 'declined')).toBe('alreadyAnswered');
  expect(mayAnswer(true, 'allowed')).toBe('alreadyAnswered');
});
