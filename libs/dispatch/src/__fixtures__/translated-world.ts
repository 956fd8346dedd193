import type { RuntimeSettings } from '@sluice/config';
import type { Route } from '@sluice/routing';
import { attemptWorld } from './attempt-world.js';
import { declareAccount, routeOf, SETTINGS, targetOf } from './declarations.js';
import { ScriptedProvider, type Turn } from './scripted-provider.js';
import { SpokenClient, spokenUpstream, type SpokenUpstream } from './spoken-format.js';

export interface TranslatedWorldOptions {
  readonly stream?: boolean;
  readonly upstream?: SpokenUpstream;
  readonly client?: SpokenClient;
  /** How often and for how long calls are repeated, beside the usual. */
  readonly settings?: Partial<RuntimeSettings['retry']>;
}

/** The attempt loop between a client and a vendor that speak different formats, with the accounts `a` and `b`. */
export function translatedWorld(turns: readonly Turn[], options: TranslatedWorldOptions = {}) {
  const { stream = true, upstream = spokenUpstream(), client = new SpokenClient() } = options;
  const retry = { ...SETTINGS.retry, ...options.settings };
  const provider = new ScriptedProvider();
  provider.spoken = ['spoken'];
  provider.turns = [...turns];
  const world = attemptWorld({ providers: [provider], format: client, vendorFormats: [upstream], stream, settings: { retry } });
  const route: Route = routeOf(targetOf([declareAccount('a'), declareAccount('b')]));
  return { ...world, client, upstream, finished: () => world.run(route) };
}
