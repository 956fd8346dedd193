import { GatewayError, type CanonicalRequest } from '@sluice/core';
import { invalidRequest, serialiseBody, type EncodedRequest, type TranslationContext } from '@sluice/translator-kit';
import { conversationId } from './conversation-id.js';
import { deriveUuid } from './derive-uuid.js';
import { encodeConversation } from './encode-conversation.js';
import { encodeReasoning, type EncodedReasoning } from './encode-reasoning.js';
import { encodeTools } from './encode-tools.js';
import { EncodeWarnings } from './encode-warnings.js';
import { mergeTurns } from './merge-turns.js';
import { modelFacts } from '../model-facts.js';
import { pairToolResults } from './pair-tool-results.js';
import { pruneImages } from './prune-images.js';
import { readTurns } from './read-turns.js';
import { systemPrompt } from './system-prompt.js';
import { ToolNames } from '../tool-names.js';
import { userTurn, type Turn } from './turn.js';
import { warnOfOptions } from './warn-of-options.js';
import type { KiroRequest } from '../wire-types.js';

/** The path of the vendor's operation; the provider knows the host. */
export const OPERATION_PATH = '/generateAssistantResponse';

/**
 * Larger bodies are refused here, where the vendor would only call them improperly formed. An account may say otherwise by
 * the dialect's `maxRequestBodyBytes`; 0 = no limit.
 */
export const MAX_REQUEST_BODY_BYTES = 400_000;

/**
 * The conversation as `GenerateAssistantResponse` takes it: one current user message, a strictly alternating history led by
 * the system prompt, every call answered in the next turn. Ids are derived from the request id.
 * @throws GatewayError `invalid_request` without messages, `upstream_context_length` for a body that is too large
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  if (request.messages.length === 0) throw invalidRequest('There must be at least one message.', 'messages');
  const warnings = new EncodeWarnings();
  warnOfOptions(request, warnings);
  const body = serialiseBody(buildBody(request, context, warnings));
  assertSize(body, context);
  return { call: { path: OPERATION_PATH, query: '', body }, warnings: warnings.list() };
}

function buildBody(request: CanonicalRequest, context: TranslationContext, warnings: EncodeWarnings): KiroRequest {
  const modelId = context.upstreamModel;
  const facts = modelFacts(modelId);
  const names = new ToolNames(request);
  const reasoning = encodeReasoning(request.reasoning, facts);
  if (reasoning.way === 'impossible')
    warnings.add('/reasoning', 'dropped', `The model ${modelId} cannot be made to think.`);

  const { system: ownSystem, turns: said } = readTurns(request.messages, warnings);
  const turns = pruneImages(pairToolResults(withCurrentTurn(mergeTurns(said)), warnings), warnings);
  const tools = encodeTools({ request, history: turns, names, warnings });
  const system = systemPrompt({
    request,
    system: ownSystem,
    toolDocumentation: tools.documentation,
    reasoning,
    names,
    warnings,
  });
  const { history, current } = encodeConversation({
    turns,
    system,
    modelId,
    facts,
    reasoning,
    names,
    tools: tools.entries,
    warnings,
  });
  return {
    conversationState: {
      agentContinuationId: deriveUuid(context.requestId, 'continuation'),
      agentTaskType: 'vibe',
      chatTriggerType: 'MANUAL',
      conversationId: conversationId(request, context),
      currentMessage: { userInputMessage: current },
      ...(history.length === 0 ? {} : { history }),
    },
    ...additionalFields(reasoning),
  };
}

/** The vendor's current message is the user's: an answer that the client began is history, and the model is asked to go on. */
function withCurrentTurn(turns: readonly Turn[]): readonly Turn[] {
  return turns.at(-1)?.role === 'user' ? turns : [...turns, userTurn({})];
}

function additionalFields(reasoning: EncodedReasoning): Pick<KiroRequest, 'additionalModelRequestFields'> {
  return reasoning.way === 'fields' ? { additionalModelRequestFields: reasoning.fields } : {};
}

function assertSize(body: Buffer, { dialect }: TranslationContext): void {
  const declared = dialect['maxRequestBodyBytes'];
  const limit = typeof declared === 'number' ? declared : MAX_REQUEST_BODY_BYTES;
  if (limit === 0 || body.length <= limit) return;
  throw new GatewayError({
    kind: 'upstream_context_length',
    message: `Input is too long for model context window. (${body.length} bytes; the account allows ${limit}.)`,
  });
}
