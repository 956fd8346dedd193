import type { CanonicalRequest, ContentBlock, Message, ToolCallBlock } from '@sluice/core';
import { classifyToolInput } from '../answer/classify-tool-input.js';
import { CUT_ANSWER_GUIDANCE, isCutAnswer } from '../cut-answer.js';
import { cutCallGuidance, cutToolsIn } from '../cut-call.js';
import type { EncodeWarnings } from './encode-warnings.js';

/**
 * Tells the model of calls and answers that were cut in earlier turns, which it cannot know: it sees that it began a call and
 * that nothing came of it, and repeats it. A cut shows by the text that we put in its place, or, where another gateway handed
 * a call on, by arguments that stop in the middle. The note stands in the turn behind it, at the result of the call where
 * there is one. Every cut of the history gets its note every time, so that the beginning of a conversation stays the same and
 * the vendor's cache with it.
 */
export function noteCuts(request: CanonicalRequest, warnings: EncodeWarnings): CanonicalRequest {
  const cutsOf = new Map<string, number>();
  const noted: Message[] = [];
  let waiting: readonly CutMention[] = [];
  for (const message of request.messages) {
    if (message.role === 'user' && waiting.length > 0) {
      warnings.add(
        `/messages/${noted.length}`,
        'changed',
        'A note tells the model that its answer or a tool call was cut off.',
      );
      noted.push(withNotes(message, waiting));
      waiting = [];
    } else {
      noted.push(message);
    }
    if (message.role === 'assistant') waiting = [...waiting, ...mentionsIn(message, request, cutsOf)];
  }
  if (waiting.length > 0) noted.push({ role: 'user', content: waiting.map(({ guidance }) => textBlock(guidance)) });
  return { ...request, messages: noted };
}

interface CutMention {
  /** Undefined where only a text tells of the call. */
  readonly callId: string | undefined;
  readonly guidance: string;
}

function mentionsIn(
  { content }: Message,
  request: CanonicalRequest,
  cutsOf: Map<string, number>,
): readonly CutMention[] {
  const mention = (name: string, callId?: string): CutMention => {
    const earlierCuts = cutsOf.get(name) ?? 0;
    cutsOf.set(name, earlierCuts + 1);
    return { callId, guidance: cutCallGuidance(name, earlierCuts) };
  };
  return content.flatMap((block) => {
    if (block.type === 'text') {
      const calls = cutToolsIn(block.text).map((name) => mention(name));
      return isCutAnswer(block.text) ? [...calls, { callId: undefined, guidance: CUT_ANSWER_GUIDANCE }] : calls;
    }
    return block.type === 'tool-call' && isCut(block, request) ? [mention(block.name, block.id)] : [];
  });
}

function isCut({ name, argumentsJson }: ToolCallBlock, request: CanonicalRequest): boolean {
  return classifyToolInput({ name, json: argumentsJson, hasStopped: true }, request) !== 'complete';
}

function withNotes(message: Message, mentions: readonly CutMention[]): Message {
  const told = new Set<CutMention>();
  const content = message.content.map((block): ContentBlock => {
    if (block.type !== 'tool-result') return block;
    const mention = mentions.find(({ callId }) => callId === block.callId);
    if (mention === undefined) return block;
    told.add(mention);
    return { ...block, isError: true, content: [textBlock(mention.guidance), ...block.content] };
  });
  const others = mentions.filter((mention) => !told.has(mention)).map(({ guidance }) => textBlock(guidance));
  return { ...message, content: [...content, ...others] };
}

function textBlock(text: string): ContentBlock {
  return { type: 'text', text };
}
