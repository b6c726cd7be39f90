import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, settings } from '../packages/server/src/config.ts';
import { settingsPage } from './lib/settings-page.js';

const root = path.join(import.meta.dirname, '..');

test('[ST2] docs/configuration.md is made from the schema of today', () => {
  expect(readFileSync(path.join(root, 'docs/configuration.md'), 'utf8')).toBe(settingsPage());
});

test('[ST2] help names every setting with its meaning', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/start.js', '--help'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  for (const [name, field] of Object.entries(settings.shape)) {
    expect(stdout).toContain(`  ${name}\n      ${field.description}`);
  }
});

test('[ST2] what is not set has its preset, and an empty value counts as not set', () => {
  const read = readSettings({ PORT: '', LIVES_PER_GROUP: '5', OPEN_SIGN_UP: 'yes', PATH: '/bin' });
  expect(read).toMatchObject({
    ok: true,
    settings: { PORT: 8080, LIVES_PER_GROUP: 5, OPEN_SIGN_UP: true, HOST: '127.0.0.1' },
  });
});

test.each([
  [{ LIVEKIT_URL: 'ws://127.0.0.1:7880' }, /LIVEKIT_URL is set without LIVEKIT_KEY/],
  [{ DATABASE_APP_URL: 'postgres://a@b/c' }, /without DATABASE_URL/],
  [{ DATABASE_URL: 'mysql://a@b/c' }, /^DATABASE_URL is not usable/],
  [{ MEDIA_ADDRESS: 'example.org' }, /^MEDIA_ADDRESS is not usable.*IPv4/],
  [{ LIVES_PER_GROUP: '21' }, /^LIVES_PER_GROUP is not usable/],
  [{ SECRET: 'short' }, /^SECRET is not usable/],
  [{ LOG_LEVL: 'info' }, /did you mean LOG_LEVEL/],
])('[ST2] %j is refused', (env, words) => {
  const read = readSettings(env);
  expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(words) });
});

test('[ST1] a strong secret, and a weak one that only this machine sees, are taken', () => {
  const PUBLIC_URL = 'https://chat.example.org';
  const strong = 'q7Zr0vS2mK8xN4bT1cW9yH3jD6fG5aLp';
  expect(readSettings({ SECRET: strong, PUBLIC_URL }).ok).toBe(true);
  expect(readSettings({ SECRET: 'x'.repeat(32) }).ok).toBe(true);
  expect(readSettings({ SECRET: 'x'.repeat(32), PUBLIC_URL: 'http://localhost:8080' }).ok).toBe(true);
  expect(readSettings({ SECRET: 'x'.repeat(32), PUBLIC_URL }).ok).toBe(false);
});
