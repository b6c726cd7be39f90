// What `npm run doctor` runs.
import { runForOperator } from './lib/operators-tool.js';

await runForOperator('scripts/lib/doctor/main.js');
