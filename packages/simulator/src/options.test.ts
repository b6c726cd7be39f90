import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOptions } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'groupcast-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const here = { DATA_DIR: folder };
const nowhere = { DATA_DIR: join(folder, 'nothing') };

test('[RH5] an address that is not loopback is refused, unless it is said to be one’s own', () => {
  const asked = ['--url', 'https://chat.example.org', '--key', 'k'];
  expect(() => readOptions(asked, nowhere)).toThrow(/not this machine.*--yes-this-is-my-server/s);
  expect(readOptions([...asked, '--yes-this-is-my-server'], nowhere)).toMatchObject({
    url: 'https://chat.example.org',
  });
  for (const host of ['127.0.0.1:80', 'localhost', '[::1]:8080', '127.9.9.9'])
    expect(readOptions(['--url', `http://${host}`, '--key', 'k'], nowhere)).toMatchObject({ key: 'k' });
  for (const host of ['127.0.0.1.example.org', 'localhost.example.org', '10.0.0.1', '[::2]'])
    expect(() => readOptions(['--url', `http://${host}`, '--key', 'k'], nowhere)).toThrow(/not this machine/);
});

test('[RH5] the installation of this machine is found by its data folder', () => {
  expect(() => readOptions([], here)).toThrow(/No Groupcast runs on this machine/);
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ url: 'http://127.0.0.1:8080' }));
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ operatorKey: 'the key' }));
  expect(readOptions([], here)).toMatchObject({ url: 'http://127.0.0.1:8080', key: 'the key', viewers: 500 });
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ url: 'https://chat.example.org' }));
  expect(() => readOptions([], here)).toThrow(/not this machine/);
});

test('[RH5] what is not usable is named', () => {
  expect(() => readOptions(['--viewers', '0'], here)).toThrow(/^--viewers is not usable/);
  expect(() => readOptions(['--seconds', 'many'], here)).toThrow(/^--seconds is not usable/);
  expect(() => readOptions(['--vewers', '5'], here)).toThrow(/vewers/);
  expect(readOptions(['--help'], here)).toBeNull();
});
