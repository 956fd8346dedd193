import type { RouteExplanation } from '@sluice/gateway';
import { printExplanation } from '../print-explanation.js';
import type { Terminal } from '../terminal.js';
import type { AskEnvironment } from './ask-environment.js';
import { askGateway, type AskFlags } from './ask-gateway.js';
import { tellFailure } from './show-live-accounts.js';

export interface ExplainLiveRequest extends AskFlags {
  readonly model: string;
}

/** `sluice explain`, as the gateway that runs sees it. @returns the exit code; undefined = nobody told, ask the configuration */
export async function explainLive(
  request: ExplainLiveRequest,
  environment: AskEnvironment,
  terminal: Terminal,
): Promise<number | undefined> {
  const { model } = request;
  const asked = await askGateway(`/sluice/explain?model=${encodeURIComponent(model)}`, request, environment);
  if (asked.type === 'nobody') return undefined;
  if (asked.type === 'failed') return tellFailure(asked, terminal);
  const explanation = asked.document as RouteExplanation; // told by a gateway of ours
  const code = printExplanation(model, explanation, terminal);
  terminal.print(`As the gateway at ${asked.url} sees it now, for the key "${explanation.key}".`);
  return code;
}
