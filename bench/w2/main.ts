import { parseArgs } from 'node:util';
import { measureW2 } from './index.ts';

/** `node scripts/modern.js bench/w2/main.ts --seconds 60`: W2 alone. `--dist` names another built page. */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, dist: { type: 'string' } } });
const figures = await measureW2({
  seconds: Number(values.seconds),
  ...(values.dist && { dist: values.dist }),
  log: (line) => console.log(`  ${line}`),
});
for (const { name, ours, anchor, unit, aim, ok, void: why } of figures) {
  const beside = anchor === null ? '' : `, a silent room ${anchor}`;
  console.log(`${why ? 'void' : ok ? 'ok  ' : 'FAIL'} ${name}: ${ours} ${unit} (${aim}${beside}) ${why ?? ''}`);
}
if (!figures.every(({ ok, void: why }) => ok || why)) process.exitCode = 1;
