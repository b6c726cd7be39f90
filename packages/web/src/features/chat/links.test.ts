import { expect, test } from 'vitest';
import { piecesOf } from './links.ts';

const links = (text: string) => piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));

test.each([
  ['see https://example.com/a?b=1.', ['https://example.com/a?b=1']],
  ['(https://example.com/a_(b)) and more', ['https://example.com/a_(b)']],
  ['看https://example.cn/b这里', ['https://example.cn/b']],
  ['www.example.com!', ['https://www.example.com/']],
  ['write to lin@example.com, please', ['mailto:lin@example.com']],
  ['http://localhost:8080/x', ['http://localhost:8080/x']],
])('%s', (text, found) => {
  expect(links(text)).toEqual(found);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<b>',
  'JaVaScRiPt://example.com',
  'ftp://example.com',
  'file:///etc',
  'https://',
  '3.14 and e.g. this',
])('%s is no link', (text) => {
  expect(links(text)).toEqual([]);
});

test('the pieces together are the text, letter for letter', () => {
  const text = 'a https://x.org/1, b <b>www.y.org</b> c@d.ee 完';
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
