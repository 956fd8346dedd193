import type OpenAI from 'openai';
import type { Response, ResponseOutputItem, ResponseStreamEvent } from 'openai/resources/responses/responses';
import { neutralError, neutralStreamError } from './neutral-error.js';
import {
  EMPTY_ANSWER,
  parseInput,
  type NeutralAnswer,
  type NeutralCall,
  type NeutralError,
  type NeutralFinish,
} from './neutral-answer.js';

/** Between two paragraphs of reasoning, which the format counts as parts. */
const PARAGRAPH = '\n\n';

const INPUT = 'Say it.';

/** A whole answer as OpenAI's SDK reads it. */
export async function readResponsesWhole(client: OpenAI, model: string): Promise<NeutralAnswer> {
  try {
    const response = await client.responses.create({ model, input: INPUT });
    return { ...readItems(response.output), ...readEnd(response, response.output) };
  } catch (thrown) {
    return { ...EMPTY_ANSWER, error: neutralError(thrown) };
  }
}

/**
 * A stream as its events tell it to a reader: words by their deltas, calls and proofs by the items that are done, the end by
 * the last response.
 */
export async function readResponsesStream(client: OpenAI, model: string): Promise<NeutralAnswer> {
  const told = new ToldResponse();
  try {
    for await (const event of await client.responses.create({ model, input: INPUT, stream: true })) told.hear(event);
    return told.answer();
  } catch (thrown) {
    return { ...told.answer(), finish: undefined, error: neutralError(thrown) };
  }
}

class ToldResponse {
  readonly #items: ResponseOutputItem[] = [];
  readonly #reasoning = new Map<string, string>();
  #text = '';
  #refusal = '';
  #last: Response | undefined;
  #error: NeutralError | undefined;

  hear(event: ResponseStreamEvent): void {
    switch (event.type) {
      case 'response.output_text.delta':
        this.#text += event.delta;
        return;
      case 'response.refusal.delta':
        this.#refusal += event.delta;
        return;
      case 'response.reasoning_summary_text.delta':
        return this.#hearReasoning(`${event.output_index} summary ${event.summary_index}`, event.delta);
      case 'response.reasoning_text.delta':
        return this.#hearReasoning(`${event.output_index} text ${event.content_index}`, event.delta);
      case 'response.output_item.done':
        this.#items.push(event.item);
        return;
      case 'error':
        this.#error ??= neutralStreamError(event.code ?? undefined, event.message);
        return;
      case 'response.failed':
        this.#error ??= neutralStreamError(event.response.error?.code, event.response.error?.message ?? '');
        return;
      case 'response.completed':
      case 'response.incomplete':
        this.#last = event.response;
        return;
      default: // repeats what others say, or concerns tools that the vendor runs
    }
  }

  answer(): NeutralAnswer {
    const { calls, signature } = readItems(this.#items);
    return {
      ...EMPTY_ANSWER,
      text: this.#text,
      refusal: this.#refusal,
      calls,
      reasoning: [...this.#reasoning.values()].join(PARAGRAPH),
      signature,
      ...(this.#last !== undefined && readEnd(this.#last, this.#items)),
      ...(this.#error !== undefined && { finish: undefined, error: this.#error }),
    };
  }

  #hearReasoning(part: string, delta: string): void {
    this.#reasoning.set(part, (this.#reasoning.get(part) ?? '') + delta);
  }
}

function readItems(items: readonly ResponseOutputItem[]): NeutralAnswer {
  const parts = items.flatMap((item) => (item.type === 'message' ? item.content : []));
  const thoughts = items.filter((item) => item.type === 'reasoning');
  const paragraphs = thoughts.flatMap(({ summary, content }) => [...summary, ...(content ?? [])]);
  return {
    ...EMPTY_ANSWER,
    text: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
    refusal: parts.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
    calls: items.flatMap(readCall),
    reasoning: paragraphs.map(({ text }) => text).join(PARAGRAPH),
    signature: thoughts.findLast((item) => typeof item.encrypted_content === 'string')?.encrypted_content ?? undefined,
  };
}

function readCall(item: ResponseOutputItem): readonly NeutralCall[] {
  if (item.type === 'function_call') return [{ id: item.call_id, name: item.name, input: parseInput(item.arguments) }];
  return item.type === 'custom_tool_call' ? [{ id: item.call_id, name: item.name, input: item.input }] : [];
}

function readEnd(
  { status, incomplete_details: cut, error, usage }: Response,
  items: readonly ResponseOutputItem[],
): Partial<NeutralAnswer> {
  if (status === 'failed') return { error: neutralStreamError(error?.code, error?.message ?? '') };
  return {
    finish: readFinish(cut?.reason, items),
    usage: usage && {
      input: usage.input_tokens,
      output: usage.output_tokens,
      cacheRead: usage.input_tokens_details?.cached_tokens ?? 0,
    },
  };
}

function readFinish(cut: string | undefined, items: readonly ResponseOutputItem[]): NeutralFinish {
  if (cut !== undefined) return cut === 'content_filter' ? 'filter' : 'length';
  if (items.some((item) => item.type === 'message' && item.content.some(({ type }) => type === 'refusal'))) {
    return 'filter';
  }
  return items.some((item) => readCall(item).length > 0) ? 'tools' : 'stop';
}
