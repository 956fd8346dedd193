import type { JsonObject, ReasoningBlock, SignatureFamily } from '@sluice/core';
import { carriedBy } from '../carried.js';
import type { RequestScope } from './encode-content.js';

/** Families that sign what they think: their reasoning is theirs alone. */
const SIGNING: ReadonlySet<SignatureFamily | undefined> = new Set(['anthropic', 'openai', 'gemini']);

interface ReasoningPlace {
  readonly path: string;
  readonly isInToolLoop: boolean;
  readonly hasCalls: boolean;
  readonly scope: RequestScope;
}

/**
 * What stands for the reasoning of calls that came back without it: many clients drop it, and vendors that want it inside a
 * tool loop refuse the request when the member is missing.
 */
const PLACEHOLDER = '(not kept)';

/** The reasoning members of an assistant's message in the history: none, unless the vendor wants its reasoning back. */
export function encodeHistoryReasoning(blocks: readonly ReasoningBlock[], place: ReasoningPlace): JsonObject {
  const { path, hasCalls, isInToolLoop, scope } = place;
  const sent = blocks.length === 0 ? {} : encodeBlocks(blocks, place);
  const { sendReasoningBack, reasoningField } = scope.dialect;
  if (sendReasoningBack !== 'tool-loop' || !isInToolLoop || !hasCalls || Object.keys(sent).length > 0) return sent;
  scope.warnings.approximated(path, 'The vendor wants the reasoning of its calls back; a note stands in its place.');
  return { [reasoningField]: PLACEHOLDER };
}

function encodeBlocks(blocks: readonly ReasoningBlock[], place: ReasoningPlace): JsonObject {
  const { path, scope } = place;
  if (!isWanted(place)) {
    scope.warnings.dropped(path, 'Reasoning of an earlier turn was left out: the vendor does not take it back.');
    return {};
  }
  if (blocks.some((block) => memberOf(block) === 'thinking_blocks'))
    return { thinking_blocks: blocks.map(thinkingBlock) };
  const own = blocks.filter(({ text, signature }) => text !== '' && !SIGNING.has(signature?.family));
  if (own.length < blocks.length) {
    scope.warnings.dropped(path, 'Reasoning that another vendor signed or hid was left out.');
  }
  const [first] = own;
  if (first === undefined) return {};
  const member = memberOf(first) ?? scope.dialect.reasoningField;
  return { [member]: own.map(({ text }) => text).join('\n\n') };
}

function isWanted({ isInToolLoop, scope }: ReasoningPlace): boolean {
  const { sendReasoningBack } = scope.dialect;
  return sendReasoningBack === 'always' || (sendReasoningBack === 'tool-loop' && isInToolLoop);
}

function memberOf(block: ReasoningBlock): string | undefined {
  const member = carriedBy(block)?.['reasoning_member'];
  return typeof member === 'string' ? member : undefined;
}

function thinkingBlock({ text, redacted, signature }: ReasoningBlock): JsonObject {
  if (redacted !== undefined) return { type: 'redacted_thinking', data: redacted };
  return { type: 'thinking', thinking: text, ...(signature !== undefined && { signature: signature.value }) };
}
