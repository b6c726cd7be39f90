import { expect, test } from 'vitest';
import { ownOrigin } from './origin.ts';

const accepted = (publicUrl: string, host: string, origins: readonly (string | undefined)[]) =>
  origins.filter((origin) => ownOrigin(publicUrl)({ host, ...(origin !== undefined && { origin }) }));

test('[W1] with a public address its origin is the only one, whatever the Host header says', () => {
  const origins = [
    'https://chat.example',
    'http://chat.example',
    'https://chat.example:8443',
    'https://other.example',
    'http://127.0.0.1:8080',
    'null',
    undefined,
  ];
  for (const host of ['chat.example', 'other.example', '127.0.0.1:8080'])
    expect(accepted('https://chat.example/', host, origins)).toEqual(['https://chat.example']);
  expect(accepted('http://chat.example', 'other.example', ['http://other.example'])).toEqual([]);
  expect(accepted('https://192.0.2.7', '192.0.2.7', ['http://192.0.2.7'])).toEqual([]);
});

test('[W1] with an address worked out at the start, the one a request was sent to is ours, too', () => {
  const origins = ['http://192.0.2.7:8080', 'http://laptop.local:8080', 'http://evil.example', 'null', undefined];
  for (const publicUrl of [
    'http://192.0.2.7:8080',
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://[::1]:80',
  ])
    expect(accepted(publicUrl, 'laptop.local:8080', origins)).toContain('http://laptop.local:8080');
  expect(accepted('http://192.0.2.7:8080', 'laptop.local:8080', origins)).toEqual(origins.slice(0, 2));
});
