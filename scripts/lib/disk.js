import { statfs } from 'node:fs/promises';

/** Less than this, and the next pictures or a day of talk may be refused. */
const lowBytes = 500 * 2 ** 20;
const everyMs = 30_000;

/**
 * Says when the disk that holds the data gets full, once until there is room again. Ends with the process.
 * @param {string} folder
 * @param {(line: string) => void} say
 */
export function watchDisk(folder, say) {
  let told = false;
  const look = async () => {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < lowBytes && !told) say(warning(folder, free));
    told = free < lowBytes;
  };
  const quietly = () => void look().catch(() => {});
  quietly();
  setInterval(quietly, everyMs).unref();
}

/**
 * @param {string} folder
 * @param {number} free in bytes
 */
export function warning(folder, free) {
  const megabytes = Math.floor(free / 2 ** 20);
  return `The disk that holds ${folder} is ${megabytes === 0 ? 'full' : `nearly full (${megabytes} MB left)`}: make room there. Until then new messages and pictures may be refused; nothing that was acknowledged is lost.`;
}
