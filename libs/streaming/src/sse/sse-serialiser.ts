import type { SseFrame } from '@sluice/core';
import type { Emit, StreamTransformer } from '../stream-transformer.js';

const LINE_END = /\r\n|\n|\r/g;
const ANY_LINE_END = /[\r\n]/;

/**
 * One event as text, its blank line included. Line ends inside `data` begin a new data line (a reader joins them with LF);
 * inside `event` they become spaces, so that nothing can write a field of its own.
 */
export function serialiseSse(frame: SseFrame): string {
  const data = ANY_LINE_END.test(frame.data) ? frame.data.replace(LINE_END, '\ndata: ') : frame.data;
  if (frame.event === undefined) return `data: ${data}\n\n`;
  const event = ANY_LINE_END.test(frame.event) ? frame.event.replace(LINE_END, ' ') : frame.event;
  return `event: ${event}\ndata: ${data}\n\n`;
}

/** Events → text, one emit per event; wrap it in `oneWritePerPush` where they come in bunches. */
export class SseSerialiser implements StreamTransformer<SseFrame, string> {
  push(frame: SseFrame, emit: Emit<string>): void {
    emit(serialiseSse(frame));
  }

  finish(): void {}
}
