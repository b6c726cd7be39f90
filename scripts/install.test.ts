import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missing } from './lib/install.js';
import { newFolder, remove } from './testing/start.ts';

const folder = newFolder();
afterAll(() => remove(folder));

const locked = {
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/postgres-here': { version: '18.4.0', optional: true },
  'node_modules/postgres-elsewhere': { version: '18.4.0', optional: true },
  'node_modules/checker': { version: '1.0.0', dev: true },
};

function write(file: string, packages: object): void {
  writeFileSync(path.join(folder, file), JSON.stringify({ packages }));
}

function missingWith(there: object): string {
  write('node_modules/.package-lock.json', there);
  return missing({ everything: false, folder });
}

mkdirSync(path.join(folder, 'node_modules'));
writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ devDependencies: { checker: '1.0.0' } }));
write('package-lock.json', locked);

const product = { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/postgres-here': { version: '18.4.0' } };
const everything = { ...product, 'node_modules/checker': { version: '1.0.0' } };

test('[ST1] an update of the code with another PostgreSQL or Node for this machine is installed', () => {
  expect(missingWith({ ...product, 'node_modules/postgres-here': { version: '17.0.0' } })).toBe('product');
  expect(missingWith({ ...everything, 'node_modules/postgres-here': { version: '17.0.0' } })).toBe('everything');
});

test('[ST1] what other machines need may be absent; what is needed and old, or not there, is installed', () => {
  expect(missingWith(product)).toBe('nothing');
  expect(missingWith(everything)).toBe('nothing');
  expect(missingWith({})).toBe('product');
  expect(missingWith({ ...product, 'node_modules/zod': { version: '3.0.0' } })).toBe('product');
});
