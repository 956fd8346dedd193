import type { CanonicalEvent, CanonicalResponse } from '@sluice/core';
import { accumulateResponse } from './response-accumulator.js';
import { streamOfResponse } from './stream-of-response.js';
import { ThinkTagSplitter, type ThinkTagOptions } from './think-tag-splitter.js';

/**
 * What `ThinkTagSplitter` does, for a whole answer. Every block but the first text stays the same object; an answer without
 * text is returned itself.
 */
export function splitThinkTags(response: CanonicalResponse, options: ThinkTagOptions = {}): CanonicalResponse {
  const { content } = response;
  const at = content.findIndex((block) => block.type === 'text' && block.text.trim() !== '');
  if (at === -1) return response;
  const before = content.slice(0, at);
  const ownReasoning = before.filter(({ type }) => type === 'reasoning').slice(0, 1);
  const split = splitEvents({ ...response, content: [...ownReasoning, ...content.slice(at, at + 1)] }, options);
  const blocks = accumulateResponse(split).content.slice(ownReasoning.length);
  return { ...response, content: [...before, ...blocks, ...content.slice(at + 1)] };
}

function splitEvents(response: CanonicalResponse, options: ThinkTagOptions): readonly CanonicalEvent[] {
  const splitter = new ThinkTagSplitter(options);
  const events: CanonicalEvent[] = [];
  const keep = (event: CanonicalEvent): void => void events.push(event);
  for (const event of streamOfResponse(response)) splitter.push(event, keep);
  splitter.finish(keep);
  return events;
}
