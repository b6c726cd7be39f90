export { SessionContext, useMe, useSession } from './context.ts';
export { Session } from './session.ts';
