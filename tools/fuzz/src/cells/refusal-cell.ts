import { type GatewayError, type SseFrame } from '@sluice/core';
import type { TranslatedClient, WireFormat } from '@sluice/translator-kit';
import { MAX_INPUT_BYTES } from '../bounds.js';
import { expectThat } from '../fuzz-fault.js';
import { checkClientStream } from '../grammar/check-client-stream.js';
import { mutateBytes } from '../mutate/mutate-bytes.js';
import { mutateJson } from '../mutate/mutate-json.js';
import type { Random } from '../random.js';
import { checkFailure } from './answer-events.js';
import type { Cell, FuzzInput } from './cell.js';
import { choose, VARIANTS } from './circumstances.js';
import { expectBoundedBytes } from './expect-bounded.js';

const STATUSES = [
  400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 424, 429, 499, 500, 502, 503, 504, 529, 599,
] as const;
const REQUEST_ID = 'req-fuzz';

/** A format that a vendor speaks; it may only be passed through. */
export type UpstreamFormat = WireFormat & Required<Pick<WireFormat, 'upstream'>>;

/** Error answers of one vendor format: always a failure of the vendor's, and every client can be told of it. */
export class RefusalCell implements Cell {
  readonly name: string;
  readonly campaign = 'streams';
  readonly #format: UpstreamFormat;
  readonly #clients: readonly TranslatedClient[];
  readonly #seeds: readonly Buffer[];

  constructor(format: UpstreamFormat, clients: readonly TranslatedClient[], seeds: readonly Buffer[]) {
    this.name = `streams/refusals/${format.id}`;
    this.#format = format;
    this.#clients = clients;
    this.#seeds = seeds;
  }

  make(random: Random): FuzzInput {
    const seed = random.pick(this.#seeds);
    const known = random.oneIn(4) ? mutateBytes(seed, random) : Buffer.from(mutateJson(seed.toString(), random));
    return { bytes: known.subarray(0, MAX_INPUT_BYTES), cuts: [], variant: random.below(VARIANTS) };
  }

  check({ bytes, variant }: FuzzInput): void {
    const body = Buffer.from(bytes);
    const error = this.#format.upstream.decodeError(choose(STATUSES, variant, 'status'), {}, body);
    checkFailure(error);
    expectThat(body.equals(bytes), 'the refusal’s bytes were written to');
    for (const client of this.#clients) this.#checkTelling(client, error, bytes.length);
  }

  /** The vendor's own words go back to clients of its format as they were, so those are not held to the grammar. */
  #checkTelling({ id, client }: TranslatedClient, error: GatewayError, inputBytes: number): void {
    const { status, body } = client.encodeError(error, REQUEST_ID);
    expectThat(Number.isInteger(status) && status >= 400 && status <= 599, `a failure for ${id} has no status`);
    expectBoundedBytes(`failure for ${id}`, JSON.stringify(body).length, inputBytes);
    const frames: readonly SseFrame[] = client.encodeStreamError(error, REQUEST_ID);
    if (id !== this.#format.id) checkClientStream(id, frames, 'error');
  }
}
