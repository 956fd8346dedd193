import { jsonEnvelope, type TokenCountSide } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';

const envelope = jsonEnvelope();

/** The question is a request without its limits. @see https://docs.anthropic.com/en/api/messages-count-tokens */
export const tokenCount: TokenCountSide = {
  readModel: (call) => envelope.read(call).model,
  withModel: (call, model) => envelope.withModel(call, model),
  decodeRequest,
  encodeCount: (inputTokens) => ({ input_tokens: inputTokens }),
};
