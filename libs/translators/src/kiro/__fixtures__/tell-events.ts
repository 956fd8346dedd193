import type { CanonicalEvent, CanonicalRequest, Usage } from '@sluice/core';
import { EventStreamDecoder } from '@sluice/event-stream';
import { compose } from '@sluice/streaming';
import type { TranslationContext } from '@sluice/translator-kit';
import { createStreamDecoder } from '../answer/create-stream-decoder.js';
import { contextOf, requestOf } from './requests.js';

export interface Circumstances {
  readonly request?: CanonicalRequest;
  readonly context?: TranslationContext;
}

/** Everything that the decoder makes of bytes that come in pieces. */
export function decodePieces(
  pieces: readonly Buffer[],
  { request = requestOf(), context = contextOf() }: Circumstances = {},
): CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  const decoder = compose(new EventStreamDecoder(), createStreamDecoder(context, request));
  for (const piece of pieces) decoder.push(piece, (event) => void events.push(event));
  decoder.finish((event) => void events.push(event));
  return events;
}

/** A line per block, in the order in which they began, and one for the end: how a reader would tell the answer. */
export function tell(events: readonly CanonicalEvent[]): string[] {
  const lines: string[] = [];
  const lineOf = new Map<number, number>();
  const append = (index: number, words: string): void => {
    const line = lineOf.get(index) ?? -1;
    lines[line] += words;
  };
  for (const event of events) {
    if (event.type === 'block-start') {
      const { block } = event;
      lineOf.set(event.index, lines.length);
      lines.push(block.type === 'tool-call' ? `call ${block.id} ${block.name}: ` : `${block.type}: `);
    }
    if (event.type === 'block-delta') append(event.index, event.delta);
    if (event.type === 'block-mark') {
      const { signature, redacted } = event;
      if (signature !== undefined) append(event.index, ` [${signature.family} signature ${signature.value}]`);
      if (redacted !== undefined) append(event.index, `[redacted ${redacted}]`);
    }
    if (event.type === 'response-end') lines.push(`end: ${event.finishReason.unified}`);
    if (event.type === 'response-error')
      lines.push(`error: ${event.error.kind} ${event.error.upstream?.status ?? ''}`.trim());
  }
  return lines;
}

/** The last word on usage. */
export function usageIn(events: readonly CanonicalEvent[]): Usage | undefined {
  return events.findLast((event) => event.type === 'usage')?.usage;
}
