import { GatewayError, type CanonicalRequest } from '@sluice/core';
import type { TranslatedUpstream, WireCall, WireFormat } from '@sluice/translator-kit';
import { MAX_INPUT_BYTES } from '../bounds.js';
import { clientPaths } from '../corpus/client-paths.js';
import { deepFreeze } from '../deep-freeze.js';
import { expectThat } from '../fuzz-fault.js';
import { mutateBytes } from '../mutate/mutate-bytes.js';
import { mutateJson } from '../mutate/mutate-json.js';
import type { Random } from '../random.js';
import { allowing, CLIENT_KINDS } from './allowed-refusals.js';
import type { Cell, FuzzInput } from './cell.js';
import { choose, contextOf, VARIANTS } from './circumstances.js';
import { expectBoundedBytes, expectBoundedSteps } from './expect-bounded.js';

const OTHER_MODEL = 'another/model:1';

/** A format that clients speak; it may only be passed through. */
export type ClientFormat = WireFormat & Required<Pick<WireFormat, 'client'>>;

/**
 * Requests of one client format: the envelope and, where the format is translated, the decoder and every vendor's encoder give
 * a value or refuse with an error of the client's, leave the bytes alone and write no more than the request explains.
 */
export class BodyCell implements Cell {
  readonly name: string;
  readonly campaign = 'bodies';
  readonly #client: ClientFormat;
  readonly #upstreams: readonly TranslatedUpstream[];
  readonly #seeds: readonly Buffer[];

  constructor(client: ClientFormat, upstreams: readonly TranslatedUpstream[], seeds: readonly Buffer[]) {
    this.name = `bodies/requests/${client.id}`;
    this.#client = client;
    this.#upstreams = upstreams;
    this.#seeds = seeds;
  }

  make(random: Random): FuzzInput {
    const seed = random.pick(this.#seeds);
    const known = random.oneIn(4) ? seed : Buffer.from(mutateJson(seed.toString(), random));
    const bytes = known === seed || random.oneIn(12) ? mutateBytes(known, random) : known;
    return { bytes: bytes.subarray(0, MAX_INPUT_BYTES), cuts: [], variant: random.below(VARIANTS) };
  }

  check({ bytes, variant }: FuzzInput): void {
    const body = Buffer.from(bytes);
    const call = Object.freeze({ path: choose(clientPaths(this.#client.id), variant, 'path'), query: '', body });
    checkEnvelope(this.#client, call);
    this.#translate(call, variant);
    expectThat(body.equals(bytes), 'the request’s bytes were written to');
    for (const name in {}) expectThat(false, 'every object has a new member', () => name);
  }

  #translate(call: WireCall, variant: number): void {
    const { translation } = this.#client.client;
    if (translation === undefined) return;
    const request = allowing(CLIENT_KINDS, () => translation.decodeRequest(call));
    if (request instanceof GatewayError) return;
    deepFreeze(request);
    for (const upstream of this.#upstreams) checkEncoding(upstream, request, { variant, inputBytes: call.body.length });
  }
}

function checkEnvelope({ envelope }: WireFormat, call: WireCall): void {
  const facts = allowing(CLIENT_KINDS, () => envelope.read(call));
  if (facts instanceof GatewayError) return;
  expectThat(typeof facts.model === 'string' && typeof facts.stream === 'boolean', 'an envelope without its facts');
  const renamed = allowing(CLIENT_KINDS, () => envelope.withModel(call, OTHER_MODEL));
  if (!(renamed instanceof GatewayError)) {
    expectThat(
      envelope.read(renamed).model === OTHER_MODEL,
      'the envelope does not say the model that was put into it',
    );
  }
  allowing(CLIENT_KINDS, () => envelope.withUsage?.(call));
}

function checkEncoding(
  { id, upstream }: TranslatedUpstream,
  request: CanonicalRequest,
  { variant, inputBytes }: { readonly variant: number; readonly inputBytes: number },
): void {
  const encoded = allowing(CLIENT_KINDS, () => upstream.translation.encodeRequest(request, contextOf(variant)));
  if (encoded instanceof GatewayError) return;
  expectBoundedBytes(`request for ${id}`, encoded.call.body.length, inputBytes);
  expectBoundedSteps(`warnings for ${id}`, encoded.warnings.length, inputBytes);
  const written: unknown = JSON.parse(encoded.call.body.toString());
  expectThat(typeof written === 'object' && written !== null, `request for ${id}: no JSON object`);
}
