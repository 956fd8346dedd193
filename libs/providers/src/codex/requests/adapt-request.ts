import { GatewayError, isJsonObject, type JsonObject, type JsonValue, type WireHeaders } from '@sluice/core';
import type { AdaptableRequest, AdaptedRequest } from '@sluice/provider-kit';
import { adaptInput } from './adapt-input.js';
import { cacheKeyOf, headerKeyOf } from './cache-key.js';
import { withoutRefusedMembers } from './removed-members.js';
import { withoutMember } from './without-member.js';

const ENCRYPTED_REASONING = 'reasoning.encrypted_content';
/** What the vendor's own program says of its conversation and itself. Nothing else of a client's headers travels. */
const FORWARDED_PREFIX = 'x-codex-';
const CONVERSATION_MEMBERS = ['previous_response_id', 'conversation'];

/**
 * A Responses request as the back end of ChatGPT plans takes it: streamed, not stored, reasoning encrypted, and without what it
 * refuses. It is written anew, because members inside its items change too; a body that is no JSON object stays as it is.
 * @throws GatewayError `invalid_request` for a request that continues what is stored at the vendor
 */
export function adaptRequest({ body, clientHeaders, clientId }: AdaptableRequest): AdaptedRequest {
  const request = parse(body);
  if (request === undefined) return { body, headers: {}, warnings: [] };
  assertWhole(request);
  const { kept, warnings } = withoutRefusedMembers(request);
  const { instructions, prompt_cache_key: key } = kept;
  const cacheKey = typeof key === 'string' && key !== '' ? key : cacheKeyOf(clientId, kept);
  const adapted: JsonObject = {
    ...withoutMember(kept, 'parallel_tool_calls'),
    instructions: instructions ?? '',
    input: adaptInput(kept['input']) ?? [],
    ...adaptTools(kept),
    stream: true,
    store: false,
    include: withEncryptedReasoning(kept['include']),
    reasoning: adaptReasoning(kept['reasoning']),
    prompt_cache_key: cacheKey,
  };
  return {
    body: Buffer.from(JSON.stringify(adapted)),
    headers: { ...pickCodexHeaders(clientHeaders), 'session-id': headerKeyOf(cacheKey) },
    warnings,
  };
}

function parse(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // the vendor says what is wrong with it
  }
}

/** Without what is stored, the vendor would answer half a conversation. */
function assertWhole(request: JsonObject): void {
  const member = CONVERSATION_MEMBERS.find((name) => (request[name] ?? null) !== null);
  if (member === undefined) return;
  throw new GatewayError({
    kind: 'invalid_request',
    message:
      `A ChatGPT plan stores no answers, and the gateway does not know this one: send the whole conversation instead of ${member}, ` +
      'or let the gateway remember answers (responses.store.enabled).',
    param: member,
  });
}

/** Parallel calls are on where there are tools, unless the client wants them one by one; without tools the word is refused. */
function adaptTools({ tools, parallel_tool_calls: parallel }: JsonObject): JsonObject {
  if (!Array.isArray(tools) || tools.length === 0) return {};
  return { tools: tools.map(adaptTool), parallel_tool_calls: parallel !== false };
}

function adaptTool(tool: JsonValue): JsonValue {
  const isPreview = isJsonObject(tool) && String(tool['type']).startsWith('web_search_preview');
  return isPreview ? { ...tool, type: 'web_search' } : tool;
}

function withEncryptedReasoning(include: JsonValue | undefined): JsonValue {
  const asked = Array.isArray(include) ? include : [];
  return asked.includes(ENCRYPTED_REASONING) ? asked : [...asked, ENCRYPTED_REASONING];
}

function adaptReasoning(reasoning: JsonValue | undefined): JsonObject {
  const { effort, summary, ...rest } = isJsonObject(reasoning) ? reasoning : {};
  return { ...rest, effort: effort ?? 'medium', summary: summary ?? 'auto' };
}

function pickCodexHeaders(headers: WireHeaders): WireHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(FORWARDED_PREFIX)));
}
