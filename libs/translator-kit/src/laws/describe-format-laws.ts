import type { WireFormat } from '../wire-format.js';
import { describeEventLaws } from './event-laws.js';
import { FormatUnderLaw } from './format-under-law.js';
import type { LawRunner, LawSubject } from './law-subject.js';
import { describeMemoryLaw } from './memory-law.js';
import { describeRequestLaws } from './request-laws.js';
import { describeResponseLaws } from './response-laws.js';
import { describeStreamLaws } from './stream-laws.js';

/**
 * What every wire format owes the gateway, as tests: lossless, chunk-invariant, well-formed, pure, deterministic, bounded
 * memory. Samples come from the format; the rest is generated.
 *
 * ```ts
 * describeFormatLaws(acmeChat, { requests, responses, streams });
 * ```
 * @param runner default: the globals `describe` and `it`
 * @throws Error outside a test runner, and for a format that translates nothing
 */
export function describeFormatLaws(format: WireFormat, subject: LawSubject, runner: LawRunner = globalRunner()): void {
  const law = new FormatUnderLaw(format, subject);
  if (law.client === undefined && law.upstream === undefined) {
    throw new Error(`format "${format.id}" has no translation that could obey a law`);
  }
  runner.describe(`laws of ${format.id}`, () => {
    describeRequestLaws(law, runner);
    describeResponseLaws(law, runner);
    describeStreamLaws(law, runner);
    describeEventLaws(law, runner);
    describeMemoryLaw(law, runner);
  });
}

function globalRunner(): LawRunner {
  const { describe, it } = globalThis as Partial<LawRunner>; // set by the test runner, if there is one
  if (describe === undefined || it === undefined)
    throw new Error('no describe and it here: pass them as third parameter');
  return { describe, it };
}
