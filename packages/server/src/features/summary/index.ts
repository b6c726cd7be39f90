import type { Db } from '../../adapters/postgres/index.ts';
import type { Routes } from '../core/index.ts';
import { readSummary, type SummaryPorts } from './handlers.ts';
import { groupName, readFacts } from './store.ts';

export { measure } from './store.ts';

/** The numbers of ended lives. */
export function createSummary(db: Db, ports: Pick<SummaryPorts, 'access' | 'settled'>): Routes<'summary'> {
  const all: SummaryPorts = {
    ...ports,
    groupName: (live) => groupName(db, live),
    facts: (live) => readFacts(db, live),
  };
  return { summary: ({ actor, params }) => readSummary(all, actor.user, params.live) };
}
