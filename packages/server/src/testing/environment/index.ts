export { createTestDatabase, type TestDatabase } from './database.ts';
export { type TestLivekit, testLivekit } from './livekit.ts';
