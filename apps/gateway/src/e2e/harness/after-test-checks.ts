import assert from 'node:assert/strict';
import type { ExchangeLedger } from './exchange-ledger.js';
import { SECRETS } from './test-configuration.js';

/** A line of a JavaScript stack, also inside a JSON string. */
const STACK_LINE = /(?:\n|\\n)\s*at .+:\d+:\d+/;

/** Every exchange that was begun has ended once, and each port has heard of it once. */
export function assertSettledOnce(ledger: ExchangeLedger): void {
  const settled = ledger.settled.map((record) => record.requestId);
  assert.equal(settled.length, ledger.started, 'every exchange settles once');
  assert.equal(new Set(settled).size, settled.length, 'no exchange settles twice');
  assert.deepEqual(ledger.usage, ledger.settled, 'usage is recorded once for each exchange, as it settled');
  assert.equal(ledger.settledAdmissions.length, ledger.admitted, 'every admission is settled once');
  assert.equal(new Set(ledger.settledAdmissions).size, ledger.admitted, 'no admission is settled twice');
}

/** No line of the log shows a secret, and none that an operator gets unasked a stack: no test runs into a defect. */
export function assertCleanLog(log: readonly string[]): void {
  for (const line of log) {
    assertNoSecret(line);
    if (!line.startsWith('{"level":"debug"')) assert.doesNotMatch(line, STACK_LINE);
  }
}

/** Nothing that leaves the process may hold a secret or a stack. */
export function assertClean(text: string): void {
  assertNoSecret(text);
  assert.doesNotMatch(text, STACK_LINE);
}

function assertNoSecret(text: string): void {
  for (const secret of SECRETS) assert.ok(!text.includes(secret), `a secret is shown: ${text}`);
}
