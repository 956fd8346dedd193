import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { describeCounting } from './count-conformance.js';
import { describeFlow } from './flow-conformance.js';
import { describeForwarding } from './forward-conformance.js';
import { describeReplies } from './reply-conformance.js';
import { describeRequests } from './request-conformance.js';

/**
 * What every provider owes the gateway, as tests: exact bytes out, its own credential and no other, status and headers
 * back, failures blamed on the right one, connections dropped on cancel, backpressure.
 *
 * ```ts
 * describeProviderConformance({ create: (http) => new AcmeProvider(http), settings: (origin) => ({ … }), … });
 * ```
 * @param runner default: the globals `describe` and `it`
 * @throws Error outside a test runner
 */
export function describeProviderConformance(subject: ConformanceCase, runner: TestRunner = globalRunner()): void {
  runner.describe('provider conformance', () => {
    describeRequests(subject, runner);
    describeReplies(subject, runner);
    describeFlow(subject, runner);
    describeForwarding(subject, runner);
    describeCounting(subject, runner);
  });
}

function globalRunner(): TestRunner {
  const { describe, it } = globalThis as Partial<TestRunner>; // set by the test runner, if there is one
  if (describe === undefined || it === undefined)
    throw new Error('no describe and it here: pass them as second parameter');
  return { describe, it };
}
