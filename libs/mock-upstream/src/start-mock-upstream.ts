import type { MockBehaviour } from './behaviour.js';
import { MockUpstreamServer } from './mock-upstream-server.js';
import type { MockUpstream } from './mock-upstream.js';
import { DEFAULT_LOGGED_REQUESTS } from './request-log.js';

/** What `/v1/models` lists unless told otherwise. */
const DEFAULT_MODELS = ['demo', 'bench'];

/** How a mock is started. */
export interface MockUpstreamOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Goes into every id; default 1. */
  readonly seed?: number;
  /** What `/v1/models` lists. Inference takes any name. */
  readonly models?: readonly string[];
  /** How it behaves where neither script nor request says otherwise. */
  readonly defaults?: MockBehaviour;
  /** How many requests `requests` remembers; default 1,000. */
  readonly maxLoggedRequests?: number;
}

/** Starts a mock vendor. @throws when the port is taken */
export function startMockUpstream(options: MockUpstreamOptions = {}): Promise<MockUpstream> {
  const { host = '127.0.0.1', port = 0, seed = 1, models = DEFAULT_MODELS, defaults = {} } = options;
  const { maxLoggedRequests = DEFAULT_LOGGED_REQUESTS } = options;
  return new MockUpstreamServer({ seed, models, defaults, maxLoggedRequests }).listen(host, port);
}
