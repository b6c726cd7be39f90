import { faults } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { en } from './en/index.ts';
import { inLive as enInLive } from './en/inLive.ts';
import { preferredLanguage } from './load.ts';
import { translator } from './translate.ts';
import { zh } from './zh/index.ts';
import { inLive as zhInLive } from './zh/inLive.ts';

function leaves(node: unknown, before = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[before, node]]);
  return new Map(
    Object.entries(node as object).flatMap(([name, child]) => [...leaves(child, before ? `${before}.${name}` : name)]),
  );
}
const [english, chinese] = [leaves({ ...en, ...enInLive }), leaves({ ...zh, ...zhInLive })];
const names = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test('both languages say the same things', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test('no text is empty, and both fill in the same names', () => {
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe('');
    expect(chinese.get(key)?.trim(), key).not.toBe('');
    expect(new Set(names(chinese.get(key))), key).toEqual(new Set(names(text)));
  }
});

test('every refusal has its sentence in both languages', () => {
  for (const code of Object.keys(faults)) {
    expect(english.has(`fault.${code}`), code).toBe(true);
    expect(chinese.has(`fault.${code}`), code).toBe(true);
  }
});

test('a count chooses the form, and names are filled in as text', () => {
  const say = translator(en, 'en');
  expect(say('groups.members', { count: 1 })).toBe('1 member');
  expect(say('groups.members', { count: 2 })).toBe('2 members');
  expect(say('chat.noticeJoined', { name: '{{name}} $& <b>' })).toBe('{{name}} $& <b> joined the group');
  expect(translator(zh, 'zh')('groups.members', { count: 1 })).toBe('1 位成员');
});

test('the language is what was chosen, else the browser’s first that we speak, else English', () => {
  expect(preferredLanguage('zh', ['en'])).toBe('zh');
  expect(preferredLanguage(null, ['fr-FR', 'zh-TW', 'en'])).toBe('zh');
  expect(preferredLanguage(null, ['fr'])).toBe('en');
  expect(preferredLanguage('xx', ['en-GB'])).toBe('en');
});
