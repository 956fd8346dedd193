import type { UpstreamReply } from '@sluice/provider-kit';
import type {
  EmbeddingUpstream,
  ExchangePlan,
  PassThroughFormat,
  TranslatedUpstream,
  WireCall,
} from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { embeddingPath } from './embedding-path.js';
import { withMaskedTexts } from './masking.js';
import { passThroughPath } from './pass-through-path.js';
import type { PathOptions } from './path-options.js';
import { translatedPath } from './translated-path.js';

/** Sends another call to the account that has answered. Rejects as a provider's `send` does. */
export type AskAccount = (call: WireCall) => Promise<UpstreamReply>;

/** How one call's bytes come about, and how its answer reaches the client. */
export interface AnswerPath {
  /** What the vendor speaks; reads its errors. */
  readonly upstream: PassThroughFormat | TranslatedUpstream | EmbeddingUpstream;
  readonly call: WireCall;
  /** Brings a successful answer to the client. Rejects only for a defect of ours. */
  answer(reply: UpstreamReply, ask: AskAccount): Promise<AttemptOutcome>;
}

/** @throws GatewayError when the request cannot be brought into the vendor's format */
export function openPath(plan: ExchangePlan, options: PathOptions): AnswerPath {
  switch (plan.tier) {
    case 'pass-through':
      return passThroughPath(plan.format, withMaskedTexts(options));
    case 'translate':
      return translatedPath(plan, options);
    case 'embed':
      return embeddingPath(plan, options);
    default:
      return unknownPlan(plan);
  }
}

function unknownPlan(plan: never): never {
  throw new TypeError(`unknown plan ${JSON.stringify(plan)}`);
}
