// What `npm run simulate` runs.
import { runForOperator } from './lib/operators-tool.js';

await runForOperator('packages/simulator/src/main.ts');
