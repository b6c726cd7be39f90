import { execFileSync } from 'node:child_process';

const run = (...args: string[]): void => void execFileSync('nft', args, { stdio: 'pipe' });

/** Whether packets can be dropped on this machine, which takes root and nftables: found out by doing it. */
export function canDrop(): boolean {
  try {
    dropTo(9)();
    return true;
  } catch {
    return false;
  }
}

/** Drops so many of a hundred packets that leave this UDP port of this machine, until the function it returns is called. */
export const dropFrom = (port: number, percent: number): (() => void) =>
  drop(`udp sport ${port} numgen random mod 100 < ${percent} drop`);

/** Drops all that is sent to this UDP port, as a firewall does. */
export const dropTo = (port: number): (() => void) => drop(`udp dport ${port} drop`);

function drop(rule: string): () => void {
  const table = `groupcast_test_${process.pid}`;
  run('add', 'table', 'inet', table);
  run('add', 'chain', 'inet', table, 'out', '{ type filter hook output priority 0 ; }');
  run('add', 'rule', 'inet', table, 'out', rule);
  return () => run('delete', 'table', 'inet', table);
}
