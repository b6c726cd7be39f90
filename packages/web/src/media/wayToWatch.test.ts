import { expect, test } from 'vitest';
import { keepWay, keptWay, savesData } from './wayToWatch.ts';

/** What of a browser's storage is used. */
function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    length: 0,
    clear: () => kept.clear(),
    key: () => null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

test('[WA1] the way to watch is the one chosen last on the device, else what the browser asks for', () => {
  const storage = memory();
  expect(keptWay(storage, false)).toBe('automatic');
  expect(keptWay(storage, true)).toBe('saver');
  keepWay(storage, 'sound');
  expect(keptWay(storage, true)).toBe('sound');
  storage.setItem('groupcast.watch', 'x');
  expect(keptWay(storage, false)).toBe('automatic');
  expect(savesData({ connection: { saveData: true } })).toBe(true);
  expect(savesData({})).toBe(false);
});
