export type { MockBehaviour, MockReplay } from './behaviour.js';
export type { MockConnection } from './connection-log.js';
export type { MockRequest } from './mock-request.js';
export type { RequestPredicate } from './mock-script.js';
export type { MockUpstream } from './mock-upstream.js';
export { MOCK_UPSTREAM_PROCESS } from './process-entry.js';
export { startMockUpstream, type MockUpstreamOptions } from './start-mock-upstream.js';
