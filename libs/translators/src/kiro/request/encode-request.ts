import type { CanonicalRequest } from '@sluice/core';
import {
  invalidRequest,
  reportForeign,
  serialiseBody,
  type EncodedRequest,
  type TranslationContext,
} from '@sluice/translator-kit';
import { assertSize } from './assert-size.js';
import { conversationId } from './conversation-id.js';
import { deriveUuid } from './derive-uuid.js';
import { encodeConversation } from './encode-conversation.js';
import type { EncodedReasoning } from './encode-reasoning.js';
import { encodeTools } from './encode-tools.js';
import { EncodeWarnings } from './encode-warnings.js';
import { exchangeFacts, type ExchangeFacts } from '../exchange-facts.js';
import { mergeTurns } from './merge-turns.js';
import { noteCuts } from './note-cuts.js';
import { pairToolResults } from './pair-tool-results.js';
import { pruneImages } from './prune-images.js';
import { readTurns } from './read-turns.js';
import { systemPrompt } from './system-prompt.js';
import { ToolNames } from '../tool-names.js';
import { userTurn, type Turn } from './turn.js';
import { warnOfOptions } from './warn-of-options.js';
import { warnOfReasoning } from './warn-of-reasoning.js';
import { encodeSearch } from '../web-search/encode-search.js';
import { mixedSearch } from '../web-search/mixed-search.js';
import { searchQuery } from '../web-search/search-query.js';
import type { KiroRequest } from '../wire-types.js';

const FORMAT = 'kiro';

/** The path of the vendor's operation; the provider knows the host. */
export const OPERATION_PATH = '/generateAssistantResponse';

/**
 * The conversation as `GenerateAssistantResponse` takes it: one current user message, a strictly alternating history led by
 * the system prompt, every call answered in the next turn. Ids are derived from the request id. A request that is nothing but a
 * web search becomes a call of the vendor's search; where the search is one tool of several, `webSearches` is the first member and tells
 * the provider how many it may make.
 * @throws GatewayError `invalid_request` without messages, `upstream_context_length` for a body that is too large
 */
export function encodeRequest(request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  if (request.messages.length === 0) throw invalidRequest('There must be at least one message.', 'messages');
  const query = searchQuery(request);
  if (query !== undefined) return encodeSearch(query, request, context);
  const facts = exchangeFacts(request, context);
  const warnings = new EncodeWarnings();
  warnOfOptions(request, warnings);
  warnOfReasoning({ request, facts, modelId: context.upstreamModel, warnings });
  const wire = buildBody({ request, context, facts, warnings });
  const search = mixedSearch(request);
  const body = serialiseBody(search === undefined ? wire : { webSearches: search.maxSearches, ...wire });
  assertSize(wire, body, facts.dialect.maxRequestBodyBytes);
  return {
    call: { path: OPERATION_PATH, query: '', body },
    warnings: [...reportForeign(request, FORMAT), ...warnings.list()],
  };
}

interface BodyParts {
  readonly request: CanonicalRequest;
  readonly context: TranslationContext;
  readonly facts: ExchangeFacts;
  readonly warnings: EncodeWarnings;
}

function buildBody({ request: asked, context, facts, warnings }: BodyParts): KiroRequest {
  const request = facts.dialect.truncationRecovery ? noteCuts(asked, warnings) : asked;
  const names = new ToolNames(request);
  const { system: ownSystem, turns: said } = readTurns(request.messages, {
    warnings,
    isCaching: facts.dialect.cachePoints,
  });
  const turns = pruneImages(pairToolResults(withCurrentTurn(mergeTurns(said)), warnings), warnings);
  const tools = encodeTools({ request, history: turns, names, dialect: facts.dialect, warnings });
  const system = systemPrompt({ request, system: ownSystem, tools, facts, names, warnings });
  const { history, current } = encodeConversation({
    turns,
    system,
    modelId: context.upstreamModel,
    facts,
    names,
    tools: tools.entries,
    areToolsCached: request.tools.some((tool) => tool.kind === 'function' && tool.cache !== undefined),
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
    ...additionalFields(facts.reasoning),
  };
}

/** The vendor's current message is the user's: an answer that the client began is history, and the model is asked to go on. */
function withCurrentTurn(turns: readonly Turn[]): readonly Turn[] {
  return turns.at(-1)?.role === 'user' ? turns : [...turns, userTurn({})];
}

function additionalFields(reasoning: EncodedReasoning): Pick<KiroRequest, 'additionalModelRequestFields'> {
  return reasoning.way === 'fields' ? { additionalModelRequestFields: reasoning.fields } : {};
}
