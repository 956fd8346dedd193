import { createHash } from 'node:crypto';
import { headerValue, isJsonObject, type JsonObject, type JsonValue, type WireHeaders } from '@sluice/core';

/** So much of the system text and of the first question tells a conversation apart. In characters. */
export const HASHED_CHARS = 2_000;
/** A longer id is hashed, so that every key is short. In characters. */
export const MAX_PLAIN_ID_CHARS = 128;

/** What a request says of its conversation. */
export interface SessionSource {
  readonly headers: WireHeaders;
  /** One principal's conversations are never another's. */
  readonly principalId: string;
  /** Members of the body, those that are there; undefined = the body cannot be read. Asked for only as far as needed. */
  read(names: readonly string[]): JsonObject | undefined;
}

const CLAUDE_CODE_HEADER = 'x-claude-code-session-id';
const SESSION_HEADERS = ['session-id', 'session_id', 'x-session-id', 'x-session-affinity'] as const;
/** Some clients send the conversation's id here, others a new one with each request: the last resort of all ids. */
const REQUEST_HEADER = 'x-client-request-id';
const ID_MEMBERS = [
  'metadata',
  'session_id',
  'prompt_cache_key',
  'conversation',
  'conversation_id',
  'previous_response_id',
] as const;
const TEXT_MEMBERS = [
  'system',
  'instructions',
  'systemInstruction',
  'system_instruction',
  'messages',
  'input',
  'contents',
];
/** Claude Code's older spelling: `user_<hash>_account_<uuid>_session_<uuid>`. */
const SESSION_PART = /_session_([\w-]+)$/;
const SYSTEM_ROLES: readonly unknown[] = ['system', 'developer'];

/**
 * What tells a conversation apart from all others: the first id that the client sends, else a hash of the system text and the
 * first question, which stay the same while the conversation grows. Undefined = nothing does.
 */
export function sessionKey(source: SessionSource): string | undefined {
  const id = idOf(source) ?? hashOf(source);
  if (id === undefined) return undefined;
  return `${source.principalId} ${id.length > MAX_PLAIN_ID_CHARS ? digest(id) : id}`;
}

function idOf({ headers, read }: SessionSource): string | undefined {
  const told = headerValue(headers, CLAUDE_CODE_HEADER);
  if (isId(told)) return told;
  const members = read(ID_MEMBERS) ?? {};
  const user = isJsonObject(members['metadata'] ?? null) ? (members['metadata'] as JsonObject)['user_id'] : undefined;
  const { session_id, prompt_cache_key, conversation, conversation_id, previous_response_id } = members;
  return [
    sessionPartOf(user),
    ...SESSION_HEADERS.map((name) => headerValue(headers, name)),
    session_id,
    prompt_cache_key,
    conversation !== undefined && isJsonObject(conversation) ? conversation['id'] : conversation,
    conversation_id,
    previous_response_id,
    user,
    headerValue(headers, REQUEST_HEADER),
  ].find(isId);
}

function isId(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** The session inside Claude Code's user id, in its older spelling or as JSON. */
function sessionPartOf(user: JsonValue | undefined): string | undefined {
  if (typeof user !== 'string') return undefined;
  const [, part] = SESSION_PART.exec(user) ?? [];
  if (part !== undefined || !user.startsWith('{')) return part;
  try {
    const value = JSON.parse(user) as JsonValue; // what JSON.parse returns
    const id = isJsonObject(value) ? value['session_id'] : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined; // no JSON: the whole of it is looked at later
  }
}

function hashOf({ read }: SessionSource): string | undefined {
  const members = read(TEXT_MEMBERS);
  if (members === undefined) return undefined;
  const turns = members['messages'] ?? members['input'] ?? members['contents'];
  const first = firstQuestion(turns);
  if (first === '') return undefined;
  const system =
    textOf(members['system']) +
    textOf(members['instructions']) +
    textOf(members['systemInstruction'] ?? members['system_instruction']) +
    systemTurns(turns);
  return digest(`${system.slice(0, HASHED_CHARS)}\n${first.slice(0, HASHED_CHARS)}`);
}

function firstQuestion(turns: JsonValue | undefined): string {
  if (!Array.isArray(turns)) return textOf(turns);
  const question = turns.find((turn) => isJsonObject(turn) && (turn['role'] ?? 'user') === 'user');
  return textOf(question);
}

/** The system messages before the first question. */
function systemTurns(turns: JsonValue | undefined): string {
  if (!Array.isArray(turns)) return '';
  const end = turns.findIndex((turn) => !isJsonObject(turn) || !SYSTEM_ROLES.includes(turn['role']));
  return turns
    .slice(0, end < 0 ? turns.length : end)
    .map(textOf)
    .join('');
}

/** All text below a value, without the marks around it: where a prompt is cached moves from request to request. */
function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (value === undefined || !isJsonObject(value)) return '';
  return textOf(value['text'] ?? value['content'] ?? value['parts']);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
