import { isJsonObject, type CanonicalRequest, type JsonObject, type JsonValue, type Sampling } from '@sluice/core';
import {
  carryUnknown,
  countMember,
  describeJson,
  invalidRequest,
  objectMember,
  parseRequestBody,
  proofOfClient,
  textMember,
  type WireCall,
} from '@sluice/translator-kit';
import { decodeMessages } from './request/decode-messages.js';
import { decodeThinking } from './request/decode-thinking.js';
import { decodeToolChoice, decodeTools } from './request/decode-tools.js';
import { carriedAndSaid } from './request/node-rest.js';

/** Members that the canonical request says. */
const KNOWN: ReadonlySet<string> = new Set([
  'max_tokens',
  'messages',
  'metadata',
  'model',
  'output_config',
  'output_format',
  'service_tier',
  'stop_sequences',
  'stream',
  'system',
  'temperature',
  'thinking',
  'tool_choice',
  'tools',
  'top_k',
  'top_p',
]);

const METADATA: ReadonlySet<string> = new Set(['user_id']);

interface ReadMetadata {
  readonly userId?: string;
  readonly said?: JsonObject;
  readonly unsaid?: JsonObject;
}

const TOOL_CHOICE: ReadonlySet<string> = new Set(['type', 'name', 'disable_parallel_tool_use']);

/**
 * A client's request. What the canonical model has no word for stays at its node; what depends on a history that
 * Anthropic holds is refused, because the request does not contain it.
 * @throws GatewayError `invalid_request`
 * @see https://platform.claude.com/docs/en/api/messages
 */
export function decodeRequest(call: WireCall): CanonicalRequest {
  const body = parseRequestBody(call.body);
  refuseHeldHistory(body);
  const { reasoning, responseFormat, left, said } = decodeThinking(body);
  const metadata = readMetadata(body);
  const toolChoice = decodeToolChoice(objectMember(body, 'tool_choice'));
  const serviceTier = textMember(body, 'service_tier');
  return {
    model: modelOf(body),
    stream: body['stream'] === true,
    messages: decodeMessages(body, proofOfClient),
    tools: decodeTools(body['tools']),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    sampling: decodeSampling(body),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(responseFormat === undefined ? {} : { responseFormat }),
    ...(metadata.userId === undefined ? {} : { endUser: metadata.userId }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...carriedAndSaid(
      membersOf({ ...carryUnknown(body, KNOWN), ...left, ...unsaidChoice(body), ...metadata.unsaid }),
      membersOf({ ...said, ...metadata.said }),
    ),
  };
}

function membersOf(members: JsonObject): JsonObject | undefined {
  return Object.keys(members).length === 0 ? undefined : members;
}

/** A choice of a type yet to be invented, or with more in it than we know, travels as it is. */
function unsaidChoice({ tool_choice: choice }: JsonObject): JsonObject {
  if (!isJsonObject(choice)) return {};
  const isSaid = decodeToolChoice(choice) !== undefined && carryUnknown(choice, TOOL_CHOICE) === undefined;
  return isSaid ? {} : { tool_choice: choice };
}

/**
 * `user_id` is what `endUser` says, and is carried as it was spelled: the vendor is shown an id that the client wrote for it
 * as it is, and any other only as a hash.
 */
function readMetadata({ metadata }: JsonObject): ReadMetadata {
  if (metadata === undefined) return {};
  const userId = isJsonObject(metadata) ? textMember(metadata, 'user_id') : undefined;
  if (!isJsonObject(metadata) || userId === undefined) return { unsaid: { metadata } };
  const unknown = carryUnknown(metadata, METADATA);
  return { userId, said: { metadata: { user_id: userId } }, ...(unknown && { unsaid: { metadata: unknown } }) };
}

function modelOf({ model }: JsonObject): string {
  if (typeof model === 'string' && model !== '') return model;
  throw invalidRequest(`model: a name is expected, but it is ${describeJson(model)}.`, 'model');
}

function decodeSampling(body: JsonObject): Sampling {
  const maxOutputTokens = countMember(body, 'max_tokens');
  const temperature = countMember(body, 'temperature');
  const topP = countMember(body, 'top_p');
  const topK = countMember(body, 'top_k');
  const stop = stopSequences(body['stop_sequences']);
  return {
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(stop === undefined ? {} : { stop }),
  };
}

function stopSequences(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.filter((entry): entry is string => typeof entry === 'string');
}

function refuseHeldHistory(body: JsonObject): void {
  if (objectMember(body, 'thread')?.['type'] !== 'continue') return;
  throw invalidRequest(
    'thread: a conversation that the vendor holds cannot be continued here; send its messages.',
    'thread',
  );
}
