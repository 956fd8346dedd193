import { ENDPOINTS, type AnswerFormat } from './answer-format.js';

/**
 * A streamed answer: a head, `chunks` frames of one length, a tail. Each frame carries a marker in its text,
 *
 *     #00000012@0000123456789012;      number of the chunk, then the monotonic nanosecond at which the mock wrote it
 *
 * so that a frame can be checked byte by byte with only the stamp masked, and found again after a translation.
 */
export interface StreamShape {
  readonly head: Buffer;
  /** A frame with number 0 and stamp 0. */
  readonly frame: Buffer;
  readonly tail: Buffer;
  /** Offsets inside the frame. */
  readonly numberOffset: number;
  readonly stampOffset: number;
}

export const NUMBER_DIGITS = 8;
export const STAMP_DIGITS = 16;

const BLANK_MARKER = `#${'0'.repeat(NUMBER_DIGITS)}@${'0'.repeat(STAMP_DIGITS)};`;
const ASCII_ZERO = 48;

export const STREAM_SHAPES: Readonly<Record<AnswerFormat, StreamShape>> = {
  'openai-chat': shape(
    [openAiChunk({ role: 'assistant', content: '' }, null)],
    openAiChunk({ content: `${BLANK_MARKER} some text` }, null),
    [
      openAiChunk({}, 'stop'),
      dataEvent({
        ...openAiEnvelope(),
        choices: [],
        usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
      }),
      'data: [DONE]\n\n',
    ],
  ),
  'anthropic-messages': shape(
    [
      anthropicEvent({
        type: 'message_start',
        message: {
          id: 'msg_bench',
          type: 'message',
          role: 'assistant',
          model: ENDPOINTS['anthropic-messages'].model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 9, output_tokens: 1 },
        },
      }),
      anthropicEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ],
    anthropicEvent({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: `${BLANK_MARKER} some text, about as long as usual` },
    }),
    [
      anthropicEvent({ type: 'content_block_stop', index: 0 }),
      anthropicEvent({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 9 },
      }),
      anthropicEvent({ type: 'message_stop' }),
    ],
  ),
};

/** A fresh frame with its number and stamp filled in. */
export function renderFrame({ frame, numberOffset, stampOffset }: StreamShape, number: number, stamp: number): Buffer {
  const copy = Buffer.allocUnsafe(frame.length);
  frame.copy(copy);
  writeDigits(copy, numberOffset, NUMBER_DIGITS, number);
  writeDigits(copy, stampOffset, STAMP_DIGITS, stamp);
  return copy;
}

/** The whole answer with every stamp 0: what a checker compares with, the stamps masked. */
export function renderBlankStream(shapeOfStream: StreamShape, chunks: number): Buffer {
  const frames = Array.from({ length: chunks }, (_, number) => renderFrame(shapeOfStream, number, 0));
  return Buffer.concat([shapeOfStream.head, ...frames, shapeOfStream.tail]);
}

function shape(head: readonly string[], frame: string, tail: readonly string[]): StreamShape {
  const numberOffset = frame.indexOf(BLANK_MARKER) + 1;
  return {
    head: Buffer.from(head.join('')),
    frame: Buffer.from(frame),
    tail: Buffer.from(tail.join('')),
    numberOffset,
    stampOffset: numberOffset + NUMBER_DIGITS + 1,
  };
}

function openAiEnvelope(): object {
  return {
    id: 'chatcmpl-bench',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: ENDPOINTS['openai-chat'].model,
  };
}

function openAiChunk(delta: object, finishReason: string | null): string {
  return dataEvent({ ...openAiEnvelope(), choices: [{ index: 0, delta, finish_reason: finishReason }] });
}

function anthropicEvent(event: { type: string } & Readonly<Record<string, unknown>>): string {
  return `event: ${event.type}\n${dataEvent(event)}`;
}

function dataEvent(payload: object): string {
  return `data: ${JSON.stringify(payload)}\n\n`;
}

function writeDigits(target: Buffer, offset: number, width: number, value: number): void {
  let rest = value;
  for (let index = offset + width - 1; index >= offset; index--) {
    const next = Math.floor(rest / 10);
    target[index] = ASCII_ZERO + (rest - next * 10);
    rest = next;
  }
}
