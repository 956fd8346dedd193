import type { RuntimeSettings } from '@sluice/config';
import { FakeClock } from '@sluice/testing';
import type { WireFormat } from '@sluice/translator-kit';
import type { ClientRequest } from '../client-request.js';
import { Exchange } from '../exchange.js';
import { clientRequest } from './client-request.js';
import { declareSnapshot } from './declarations.js';
import { MemoryAnswer } from './memory-answer.js';
import { scriptFormat } from './script-format.js';

export interface ExchangeOptions {
  readonly settings?: Partial<RuntimeSettings>;
  readonly format?: WireFormat;
  readonly request?: Partial<ClientRequest>;
  readonly clock?: FakeClock;
}

/** An exchange that asks for `client-model`, and its answer. */
export function exchangeOf({ settings, format = scriptFormat, request, clock = new FakeClock() }: ExchangeOptions = {}) {
  const answer = new MemoryAnswer(clock);
  const body = Buffer.from('{"model":"client-model"}');
  const exchange = new Exchange(
    clientRequest(format, body, request),
    answer,
    declareSnapshot([], settings),
    clock.now(),
  );
  exchange.facts = { model: 'client-model', stream: false };
  return { answer, clock, exchange };
}
