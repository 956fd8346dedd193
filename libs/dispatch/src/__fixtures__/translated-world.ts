import type { Route } from '@sluice/routing';
import { attemptWorld } from './attempt-world.js';
import { declareAccount, routeOf, targetOf } from './declarations.js';
import { ScriptedProvider, type Turn } from './scripted-provider.js';
import { SpokenClient, spokenUpstream, type SpokenUpstream } from './spoken-format.js';

export interface TranslatedWorldOptions {
  readonly stream?: boolean;
  readonly upstream?: SpokenUpstream;
  readonly client?: SpokenClient;
}

/** The attempt loop between a client and a vendor that speak different formats, with the accounts `a` and `b`. */
export function translatedWorld(turns: readonly Turn[], options: TranslatedWorldOptions = {}) {
  const { stream = true, upstream = spokenUpstream(), client = new SpokenClient() } = options;
  const provider = new ScriptedProvider();
  provider.spoken = ['spoken'];
  provider.turns = [...turns];
  const world = attemptWorld({ providers: [provider], format: client, vendorFormats: [upstream], stream });
  const route: Route = routeOf(targetOf([declareAccount('a'), declareAccount('b')]));
  return { ...world, client, upstream, finished: () => world.run(route) };
}
