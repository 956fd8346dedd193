import type { VendorAnswer } from '../harness/vendor-answers.js';
import type { TestGateway } from '../harness/start-test-gateway.js';
import { modesOf, replayOf, type AskMode, type Direction } from './directions.js';
import { readingOfKiro } from './kiro-readings.js';
import { readAs } from './read-as.js';
import { compareAnswers } from './scorer/compare-answers.js';
import type { NeutralAnswer } from './scorer/neutral-answer.js';
import type { Scored } from './scorer/tally.js';
import { VENDOR_MODELS, type VendorFormat } from './vendors.js';

/** Lets the vendor's SDK read what the vendor answers, once for all clients, and clients read it through the gateway. */
export class AnswerScorer {
  readonly #readings = new Map<string, NeutralAnswer>();

  constructor(
    private readonly test: TestGateway,
    private readonly upstream: VendorFormat,
  ) {}

  /** The verdicts on one answer that arrives in these pieces, a row for each way in which a client may ask. */
  async score(direction: Direction, answer: VendorAnswer, pieces: readonly Buffer[]): Promise<readonly Scored[]> {
    const { test, upstream } = this;
    const { client, model } = direction;
    const rows: Scored[] = [];
    for (const mode of modesOf(upstream, answer)) {
      const expected = await this.readVendor(answer, mode);
      test.vendor.next(replayOf(upstream, answer, pieces));
      const actual = await readAs(client, test.url, model, mode);
      rows.push({ answer: answer.id, verdicts: compareAnswers({ ...direction, expected, actual }) });
    }
    return rows;
  }

  /** What the vendor says to its own SDK. */
  async readVendor(answer: VendorAnswer, mode: AskMode): Promise<NeutralAnswer> {
    const { test, upstream } = this;
    if (upstream === 'kiro') return readingOfKiro(answer, mode);
    const known = this.#readings.get(answer.id);
    if (known !== undefined) return known;
    test.vendor.next(replayOf(upstream, answer, [answer.body]));
    const reading = asClientsAreTold(await readAs(upstream, test.vendor.url, VENDOR_MODELS[upstream], mode));
    this.#readings.set(answer.id, reading);
    return reading;
  }
}

/** How vendors say that they know no such key, where they do not say it by the status. */
const BAD_KEY = /^API key not valid/;
const BAD_GATEWAY = 502;

/** A refused credential is the operator's affair: the client did nothing wrong, and hears of a vendor that cannot be asked. */
function asClientsAreTold(reading: NeutralAnswer): NeutralAnswer {
  const { error } = reading;
  if (error === undefined || !BAD_KEY.test(error.message)) return reading;
  return { ...reading, error: { ...error, class: 'vendor', status: BAD_GATEWAY } };
}
