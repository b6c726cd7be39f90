// What `npm run rollout` runs.
import { runForOperator } from './lib/operators-tool.js';

await runForOperator('scripts/lib/rollout/main.js');
