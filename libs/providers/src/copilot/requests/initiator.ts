import type { FormatId } from '@sluice/core';
import { parseSpan, scanMembers, type MemberSpan, type ObjectScan } from '@sluice/streaming';
import { hasTypedPart } from './has-typed-part.js';
import { lastObjectIn } from './last-object-in.js';

/** Who caused a call: a person who wrote something, or a program that goes on with what it was told. */
export type Initiator = 'user' | 'agent';

type Turn = ObjectScan<'role' | 'type' | 'content'>;

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
/** `function` is the older word for a tool. */
const AGENT_ROLES: ReadonlySet<string | undefined> = new Set(['assistant', 'tool', 'function']);

/** Who caused a call, from the last turn of a conversation that is an array of objects. */
const RULES: Readonly<Partial<Record<FormatId, (body: Buffer, turn: Turn) => Initiator>>> = {
  'openai-chat': (body, turn) => (AGENT_ROLES.has(textOf(body, turn, 'role')) ? 'agent' : 'user'),
  'anthropic-messages': (body, turn) => {
    if (textOf(body, turn, 'role') === 'assistant') return 'agent';
    return answersACall(body, turn.members.content?.at(-1)) ? 'agent' : 'user';
  },
  'openai-responses': (body, turn) => {
    const type = textOf(body, turn, 'type');
    if (type !== undefined && type !== 'message') return 'agent'; // calls, their results, reasoning
    return textOf(body, turn, 'role') === 'assistant' ? 'agent' : 'user';
  },
};

/**
 * The value of `X-Initiator`, which decides what a call costs: what a person asks for is billed, the steps of an agent after it
 * are not. The last turn counts, so that neither a conversation's second question passes for a step, nor a step for a question.
 * The body is scanned, not parsed; on any doubt it is the person.
 * @returns undefined = the vendor does not ask for calls of this format
 */
export function initiatorOf(format: FormatId, body: Buffer): Initiator | undefined {
  const rule = RULES[format];
  if (rule === undefined) return undefined;
  const name = format === 'openai-responses' ? 'input' : 'messages';
  const turns = scanMembers(body, [name])?.members[name]?.at(-1);
  if (turns === undefined || body[turns.valueStart] !== OPEN_BRACKET) return 'user';
  const last = lastObjectIn(body, turns, ['role', 'type', 'content']);
  return last === undefined ? 'user' : rule(body, last);
}

/** Whether a user's message holds the result of a tool. */
function answersACall(body: Buffer, content: MemberSpan | undefined): boolean {
  if (content === undefined || body[content.valueStart] !== OPEN_BRACKET) return false;
  return hasTypedPart(body.subarray(content.valueStart, content.valueEnd), 'tool_result');
}

function textOf(body: Buffer, { members }: Turn, name: 'role' | 'type'): string | undefined {
  const span = members[name]?.at(-1);
  if (span === undefined || body[span.valueStart] !== QUOTE) return undefined;
  const value = parseSpan(body, span);
  return typeof value === 'string' ? value : undefined;
}
