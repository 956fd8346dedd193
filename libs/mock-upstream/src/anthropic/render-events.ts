import type { JsonObject } from '@sluice/core';
import { contentFrame, structureFrame, terminalFrame, type Frame } from '../answer-plan.js';
import { sliceText } from '../slice-text.js';
import { sseEvent } from '../sse-event.js';
import type { MockAnswer } from '../vendor-dialect.js';
import { renderEmptyMessage, stopReason, toolUseId } from './render-message.js';

/** How much of a call's input one event carries. */
const INPUT_PIECE_CHARACTERS = 8;

interface Block {
  readonly start: JsonObject;
  readonly deltas: readonly JsonObject[];
}

const event = (data: JsonObject & { readonly type: string }): string => sseEvent(data, data.type);

/**
 * A streamed message: `message_start · (block_start · ping, once · block_delta* · block_stop)* · message_delta · message_stop`
 * @see https://docs.anthropic.com/en/api/messages-streaming
 */
export function renderEvents(answer: MockAnswer): readonly Frame[] {
  const blocks = answer.toolCalls.length > 0 ? toolUseBlocks(answer) : [textBlock(answer)];
  return [
    structureFrame(event({ type: 'message_start', message: renderEmptyMessage(answer) })),
    ...blocks.flatMap((block, index) => blockFrames(block, index, index === blocks.length - 1)),
    terminalFrame(
      event({
        type: 'message_delta',
        delta: { stop_reason: stopReason(answer), stop_sequence: null },
        usage: { output_tokens: answer.usage.output },
      }),
    ),
    terminalFrame(event({ type: 'message_stop' })),
  ];
}

function blockFrames(block: Block, index: number, isLast: boolean): Frame[] {
  const stop = event({ type: 'content_block_stop', index });
  return [
    structureFrame(event({ type: 'content_block_start', index, content_block: block.start })),
    ...(index === 0 ? [structureFrame(event({ type: 'ping' }))] : []),
    ...block.deltas.map((delta) => contentFrame(event({ type: 'content_block_delta', index, delta }))),
    isLast ? terminalFrame(stop) : structureFrame(stop),
  ];
}

function textBlock(answer: MockAnswer): Block {
  return {
    start: { type: 'text', text: '' },
    deltas: answer.pieces.map((text) => ({ type: 'text_delta', text })),
  };
}

function toolUseBlocks(answer: MockAnswer): Block[] {
  return answer.toolCalls.map((call, index) => ({
    start: { type: 'tool_use', id: toolUseId(answer, index), name: call.name, input: {} },
    deltas: ['', ...sliceText(call.argumentsJson, INPUT_PIECE_CHARACTERS)].map((piece) => ({
      type: 'input_json_delta',
      partial_json: piece,
    })),
  }));
}
