const quietMs = 2_000;
const reminderMs = 15_000;

/**
 * Shows what takes long, line by line, so that it reads the same in a terminal, a log and a pipe: after two seconds what
 * is being done, from time to time that it still is, and at its end how long it took. Quick steps say nothing.
 * @param {(line: string) => void} print
 */
export function createSteps(print) {
  /**
   * @template T
   * @param {string} title What is being done: "Building the page".
   * @param {(detail: (line: string) => void) => Promise<T>} work `detail` adds a line when the step turns out long.
   * @returns {Promise<T>}
   */
  return async function step(title, work) {
    const since = Date.now();
    const seconds = () => `${((Date.now() - since) / 1_000).toFixed(1)} s`;
    /** @type {string[]} */
    const held = [];
    let shown = false;
    const show = () => {
      print(shown ? `  … ${title}: still at it after ${seconds()}` : `  … ${title}`);
      shown = true;
      for (const line of held.splice(0)) print(`    ${line}`);
    };
    const first = setTimeout(show, quietMs);
    const reminders = setInterval(show, reminderMs);
    try {
      return await work((line) => (shown ? print(`    ${line}`) : held.push(line)));
    } finally {
      clearTimeout(first);
      clearInterval(reminders);
      if (shown) print(`  … ${title}: took ${seconds()}`);
    }
  };
}
