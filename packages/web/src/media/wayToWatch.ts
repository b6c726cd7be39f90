import { z } from 'zod/mini';

/** What a viewer wants to receive: as much as the line takes, the smallest pictures, or sound and no picture. */
export const WayToWatch = z.enum(['automatic', 'saver', 'sound']);
export type WayToWatch = z.infer<typeof WayToWatch>;
export const waysToWatch: readonly WayToWatch[] = ['automatic', 'saver', 'sound'];

const key = 'groupcast.watch';

/** As it was chosen last on this device; `savesData`: the browser asks pages to spare the line. */
export function keptWay(storage: Storage, savesData: boolean): WayToWatch {
  const kept = WayToWatch.safeParse(storage.getItem(key));
  return kept.success ? kept.data : savesData ? 'saver' : 'automatic';
}

export const keepWay = (storage: Storage, way: WayToWatch): void => storage.setItem(key, way);

const Connection = z.object({ connection: z.object({ saveData: z.boolean() }) });

/** Not every browser says so. */
export const savesData = (of: unknown = navigator): boolean =>
  Connection.safeParse(of).data?.connection.saveData ?? false;
