import { isJsonObject, type JsonObject, type SseFrame } from '@sluice/core';
import { expectThat } from '../fuzz-fault.js';
import { readFrame } from './read-frame.js';
import type { StreamEnding } from './stream-ending.js';

/**
 * What Gemini's clients read: fragments, of which one has the finish reason (or says that the prompt was blocked) and none
 * behind it has content. A failure is an error object, and the last.
 * @see https://ai.google.dev/api/generate-content
 */
export function checkGeminiStream(frames: readonly SseFrame[], ending: StreamEnding): void {
  let hasFinished = false;
  let hasFailed = false;
  for (const fragment of frames.map(readFrame)) {
    expectThat(!hasFailed, 'gemini: something behind the error');
    const finish = finishIn(fragment);
    expectThat(!(hasFinished && (finish || hasContent(fragment))), 'gemini: content behind the finish');
    hasFinished ||= finish;
    hasFailed = isJsonObject(fragment['error']);
  }
  expectThat(hasFailed === (ending === 'error'), `gemini: ${ending} ends otherwise`);
  if (ending === 'answer') expectThat(hasFinished, 'gemini: an answer without a finish');
}

function finishIn({ promptFeedback, ...fragment }: JsonObject): boolean {
  if (isJsonObject(promptFeedback) && promptFeedback['blockReason'] !== undefined) return true;
  return candidatesIn(fragment).some((candidate) => typeof candidate['finishReason'] === 'string');
}

function hasContent(fragment: JsonObject): boolean {
  return candidatesIn(fragment).some(({ content }) => {
    const parts = isJsonObject(content) ? content['parts'] : undefined;
    return Array.isArray(parts) && parts.length > 0;
  });
}

function candidatesIn({ candidates }: JsonObject): readonly JsonObject[] {
  return Array.isArray(candidates) ? candidates.filter((candidate) => isJsonObject(candidate)) : [];
}
