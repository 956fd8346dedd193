import type { FormatId, SseFrame } from '@sluice/core';
import { checkAnthropicStream } from './anthropic-grammar.js';
import { checkChatStream } from './chat-grammar.js';
import { checkGeminiStream } from './gemini-grammar.js';
import { readFrame } from './read-frame.js';
import { checkResponsesStream } from './responses-grammar.js';
import type { StreamEnding } from './stream-ending.js';

type StreamGrammar = (frames: readonly SseFrame[], ending: StreamEnding) => void;

/** Written from the vendors' documentation, not from our encoders. */
const GRAMMARS: ReadonlyMap<FormatId, StreamGrammar> = new Map([
  ['anthropic-messages', checkAnthropicStream],
  ['openai-chat', checkChatStream],
  ['openai-responses', checkResponsesStream],
  ['gemini', checkGeminiStream],
]);

/**
 * Whether the frames are a legal stream of the client's format. Of a format without a grammar here only JSON is asked.
 * @throws FuzzFault at the first rule that does not hold
 */
export function checkClientStream(format: FormatId, frames: readonly SseFrame[], ending: StreamEnding): void {
  const check = GRAMMARS.get(format) ?? ((all) => all.forEach(readFrame));
  check(frames, ending);
}
