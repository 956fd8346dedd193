import type { EndpointName } from '../credential-settings.js';
import type { KiroAccountSettings } from '../settings.js';
import { inferenceBase, runtimeBase } from './hosts.js';

/** One way of asking for inference. */
export interface EndpointProfile {
  readonly name: EndpointName;
  /** @param region of the API */
  base(settings: KiroAccountSettings, region: string): string;
  readonly path: string;
  /** Whose headers and body: the editor's at a path, or the command line's at the root with the operation in a header. */
  readonly style: 'editor' | 'command-line';
  /** Whether logins without a profile of their own send the one that the vendor keeps for all of their kind. */
  readonly sharesProfile: boolean;
}

/** In the words of kiro-rs, whose files name them. */
export const ENDPOINT_PROFILES: Readonly<Record<EndpointName, EndpointProfile>> = {
  ide: {
    name: 'ide',
    base: inferenceBase,
    path: '/generateAssistantResponse',
    style: 'editor',
    sharesProfile: false,
  },
  cli: { name: 'cli', base: inferenceBase, path: '/', style: 'command-line', sharesProfile: true },
  runtime: { name: 'runtime', base: runtimeBase, path: '/', style: 'command-line', sharesProfile: true },
};

/** What decides how an account asks when its settings do not say. */
export interface EndpointChoice {
  readonly settings: KiroAccountSettings;
  readonly isKey: boolean;
  /** Whether the login has a profile of its own, or never needs one. */
  readonly hasProfile: boolean;
  /** Of single sign-on: without a profile it is a Builder ID. */
  readonly isSingleSignOn: boolean;
}

/**
 * The ways of an account, first choice first. Who names another host for inference means that one: the newer host is then
 * asked only where it is named too.
 */
export function endpointOrder({
  settings,
  isKey,
  hasProfile,
  isSingleSignOn,
}: EndpointChoice): readonly EndpointProfile[] {
  const { endpoint, endpoints } = settings;
  if (endpoint !== undefined) {
    return [endpoint].flat().map((name) => ENDPOINT_PROFILES[name]);
  }
  const first = isKey || (isSingleSignOn && !hasProfile) ? ENDPOINT_PROFILES.cli : ENDPOINT_PROFILES.ide;
  const isElsewhere = endpoints?.inference !== undefined && endpoints.runtime === undefined;
  return isElsewhere ? [first] : [first, ENDPOINT_PROFILES.runtime];
}
