import { CredentialRefresher, CredentialSource, MemoryCredentialStore } from '@sluice/accounts';
import type { RuntimeSettings } from '@sluice/config';
import { ProviderRegistry } from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { FakeClock } from '@sluice/testing';
import { FormatRegistry, type WireFormat } from '@sluice/translator-kit';
import { AttemptLoop } from '../attempt-loop.js';
import type { GaveUp } from '../attempt-progress.js';
import { Exchange } from '../exchange.js';
import { clientRequest } from './client-request.js';
import { CountingPool } from './counting-pool.js';
import { declareSnapshot } from './declarations.js';
import { MemoryAnswer } from './memory-answer.js';
import { NotingListener, NotingLogger, NotingPause } from './observers.js';
import { scriptFormat } from './script-format.js';
import { ScriptedProvider } from './scripted-provider.js';

export interface AttemptWorldOptions {
  readonly providers?: readonly ScriptedProvider[];
  readonly settings?: Partial<RuntimeSettings>;
  readonly format?: WireFormat;
  /** Formats that vendors speak, beside the client's. */
  readonly vendorFormats?: readonly WireFormat[];
  readonly stream?: boolean;
}

/** The attempt loop with everything around it in memory, and one exchange that has come as far as the loop. */
export function attemptWorld(options: AttemptWorldOptions = {}) {
  const { providers = [new ScriptedProvider()], settings = {}, format = scriptFormat, vendorFormats = [], stream = false } = options;
  const clock = new FakeClock();
  const logger = new NotingLogger();
  const listener = new NotingListener();
  const pause = new NotingPause(clock);
  const store = new MemoryCredentialStore();
  const pool = new CountingPool();
  const credentials = new CredentialSource(store, new CredentialRefresher(store, clock, logger), clock);
  const answer = new MemoryAnswer(clock);
  const body = Buffer.from(`{"model":"client-model","stream":${stream}}`);
  const request = clientRequest(format, body);
  const exchange = new Exchange(request, answer, declareSnapshot([], settings), clock.now());
  exchange.facts = { model: 'client-model', stream };
  const loop = new AttemptLoop({
    providers: new ProviderRegistry(providers),
    formats: new FormatRegistry([format, ...vendorFormats]),
    pool,
    credentials,
    listener,
    logger,
    clock,
    pause,
  });
  const run = (route: Route): Promise<GaveUp | undefined> =>
    loop.run(exchange, { path: request.path, query: '', body }, route);
  return { answer, clock, exchange, listener, logger, loop, pause, pool, run, store, vendor: providers[0] as ScriptedProvider };
}
