import { assertWellFormed, GatewayError, type CanonicalRequest } from '@sluice/core';
import {
  streamOfResponse,
  type AnswerObserver,
  type TranslatedClient,
  type TranslatedUpstream,
} from '@sluice/translator-kit';
import { MAX_INPUT_BYTES } from '../bounds.js';
import { corpusOf } from '../corpus/corpus.js';
import { deepFreeze } from '../deep-freeze.js';
import { expectThat } from '../fuzz-fault.js';
import { mutateBytes } from '../mutate/mutate-bytes.js';
import { mutateJson } from '../mutate/mutate-json.js';
import type { Random } from '../random.js';
import { allowing, UPSTREAM_KINDS } from './allowed-refusals.js';
import type { Cell, FuzzInput } from './cell.js';
import type { CellMaterial } from './cell-material.js';
import { choose, contextOf, VARIANTS } from './circumstances.js';
import { checkFinish } from './check-finish.js';
import { checkClientBody, checkClientEvents } from './client-outputs.js';
import { expectBoundedSteps } from './expect-bounded.js';

/** Whole JSON answers of one vendor format, told to a client as a document and as a stream. */
export class AnswerCell implements Cell {
  readonly name: string;
  readonly campaign = 'streams';
  readonly #upstream: TranslatedUpstream;
  readonly #clients: readonly TranslatedClient[];
  readonly #requests: readonly CanonicalRequest[];
  readonly #seeds: readonly Buffer[];

  constructor(upstream: TranslatedUpstream, { clients, requests, corpus }: CellMaterial) {
    this.name = `streams/json/${upstream.id}`;
    this.#upstream = upstream;
    this.#clients = clients;
    this.#requests = requests;
    this.#seeds = corpusOf(corpus, upstream.id, 'responses').responses;
  }

  make(random: Random): FuzzInput {
    const seed = random.pick(this.#seeds);
    const known = random.oneIn(5) ? seed : Buffer.from(mutateJson(seed.toString(), random));
    const bytes = known === seed || random.oneIn(12) ? mutateBytes(known, random) : known;
    return { bytes: bytes.subarray(0, MAX_INPUT_BYTES), cuts: [], variant: random.below(VARIANTS) };
  }

  check({ bytes, variant }: FuzzInput): void {
    const body = Buffer.from(bytes);
    const exchange = {
      upstream: this.#upstream.id,
      request: choose(this.#requests, variant, 'request'),
      context: contextOf(variant),
      inputBytes: bytes.length,
    };
    if (this.#upstream.observe !== undefined) checkObserver(this.#upstream.observe, body);
    const { translation } = this.#upstream.upstream;
    const response = allowing(UPSTREAM_KINDS, () =>
      translation.decodeResponse(body, exchange.context, exchange.request),
    );
    expectThat(body.equals(bytes), 'the answer’s bytes were written to');
    if (response instanceof GatewayError) return;
    checkFinish(response.finishReason);
    deepFreeze(response);
    const events = [...streamOfResponse(response)].map(deepFreeze);
    assertWellFormed(events);
    expectBoundedSteps('events of an answer', events.length, bytes.length);
    const client = choose(this.#clients, variant, 'client');
    checkClientBody(client, response, exchange);
    checkClientEvents(client, { events, failure: undefined }, exchange);
  }
}

function checkObserver(observer: AnswerObserver, body: Buffer): void {
  expectBoundedSteps('observations', observer.observeBody(body).length, body.length);
  for (const { valueStart, valueEnd } of observer.modelSpans?.(body, 0) ?? []) {
    const isInside = valueStart >= 0 && valueStart < valueEnd && valueEnd <= body.length;
    expectThat(isInside, 'the model’s name stands outside of the answer');
  }
}
