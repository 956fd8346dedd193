import type { JsonObject, JsonValue } from '@sluice/core';
import { contentFrame, structureFrame, terminalFrame, type Frame } from '../answer-plan.js';
import { sliceText } from '../slice-text.js';
import { sseEvent } from '../sse-event.js';
import type { MockAnswer } from '../vendor-dialect.js';
import { endStatus, renderBegun, renderItems, renderResponse } from './render-response.js';

/** How much of a call's arguments one event carries. */
const ARGUMENT_PIECE_CHARACTERS = 8;

/** An event before it has its number. */
interface Draft {
  readonly type: string;
  readonly members: JsonObject;
  readonly frame: (bytes: string) => Frame;
}

const structure = (type: string, members: JsonObject): Draft => ({ type, members, frame: structureFrame });
const content = (type: string, members: JsonObject): Draft => ({ type, members, frame: contentFrame });
const terminal = (type: string, members: JsonObject): Draft => ({ type, members, frame: terminalFrame });

/**
 * A streamed response:
 * `created · in_progress · (item.added · (part.added · text.delta* · text.done · part.done | arguments.delta* · arguments.done) ·
 * item.done)* · completed or incomplete`
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function renderResponseEvents(answer: MockAnswer): readonly Frame[] {
  const begun = { response: renderBegun(answer) };
  const items = renderItems(answer).flatMap((item, index) =>
    answer.toolCalls.length > 0 ? callEvents(item, index) : messageEvents(item, answer),
  );
  const events = [
    structure('response.created', begun),
    structure('response.in_progress', begun),
    ...items,
    terminal(`response.${endStatus(answer)}`, { response: renderResponse(answer) }),
  ];
  return events.map(({ type, members, frame }, number) =>
    frame(sseEvent({ type, sequence_number: number, ...members }, type)),
  );
}

function messageEvents(item: JsonObject, answer: MockAnswer): readonly Draft[] {
  const place = { item_id: idOf(item), output_index: 0, content_index: 0 };
  const text = answer.pieces.join('');
  const part = { type: 'output_text', annotations: [], logprobs: [], text };
  return [
    structure('response.output_item.added', {
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    }),
    structure('response.content_part.added', { ...place, part: { ...part, text: '' } }),
    ...answer.pieces.map((delta) => content('response.output_text.delta', { ...place, delta, logprobs: [] })),
    structure('response.output_text.done', { ...place, text, logprobs: [] }),
    structure('response.content_part.done', { ...place, part }),
    structure('response.output_item.done', { output_index: 0, item }),
  ];
}

function callEvents(item: JsonObject, index: number): readonly Draft[] {
  const place = { item_id: idOf(item), output_index: index };
  const { arguments: argumentsJson, name } = item;
  return [
    structure('response.output_item.added', {
      output_index: index,
      item: { ...item, status: 'in_progress', arguments: '' },
    }),
    ...sliceText(String(argumentsJson), ARGUMENT_PIECE_CHARACTERS).map((delta) =>
      content('response.function_call_arguments.delta', { ...place, delta }),
    ),
    structure('response.function_call_arguments.done', { ...place, name, arguments: argumentsJson }),
    structure('response.output_item.done', { output_index: index, item }),
  ];
}

function idOf({ id }: JsonObject): JsonValue {
  return id ?? null;
}
