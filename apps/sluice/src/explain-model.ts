import { EXIT_CONFIGURATION_ERROR } from '@sluice/gateway';
import type { Workplace } from './logins/workplace.js';
import { NO_CONFIGURATION } from './no-configuration.js';
import { printExplanation } from './print-explanation.js';
import type { Terminal } from './terminal.js';

export interface ExplainModelRequest {
  readonly model: string;
  /** The name of the client key that asks; absent = one that may use every model. */
  readonly key?: string | undefined;
  /** Do not ask the vendors which models they have. */
  readonly isOffline: boolean;
}

/** `sluice explain`: who would be asked for a model, in order, and why the others would not. @returns the exit code */
export async function explainModel(
  { model, key: keyName, isOffline }: ExplainModelRequest,
  place: Workplace,
  terminal: Terminal,
): Promise<number> {
  if (keyName !== undefined && !place.keyNames.includes(keyName)) {
    terminal.warn(`--key: there is no client key of this name. Names: ${place.keyNames.join(', ') || 'none'}.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  const code = printExplanation(model, await place.explain(model, { keyName, isOffline }), terminal);
  if (place.configFile === undefined) terminal.warn(NO_CONFIGURATION);
  else terminal.print('What cools down in a running gateway is not known here.');
  return code;
}
