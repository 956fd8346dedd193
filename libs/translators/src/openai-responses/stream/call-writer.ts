import type { CanonicalEvent, Extensions, JsonObject } from '@sluice/core';
import { mergeExtensions } from '@sluice/translator-kit';
import { unwrapInput } from '../items/custom-input.js';
import { callItem, carriedSpelling, type CallSpelling } from '../items/encode-item.js';
import type { BlockWriter, ItemSink } from './item-writer.js';

type Event<Type extends CanonicalEvent['type']> = Extract<CanonicalEvent, { type: Type }>;

const NO_ARGUMENTS = '{}';
const NO_INPUT = '{"input":""}';

/**
 * A call of one of the client's tools. The text of a custom tool stands inside JSON, which can only be read whole: it is
 * written at its end.
 */
export class CallWriter implements BlockWriter {
  readonly #sink: ItemSink;
  readonly #spelling: CallSpelling & { readonly id: string };
  #extensions: Extensions | undefined;
  #argumentsJson = '';

  constructor({ extensions }: Event<'block-start'>, spelling: CallSpelling, sink: ItemSink) {
    this.#sink = sink;
    this.#extensions = extensions;
    const id = spelling.id ?? sink.makeId(spelling.isCustom ? 'ctc_' : 'fc_');
    this.#spelling = { ...spelling, id };
    const empty = { argumentsJson: spelling.isCustom ? NO_INPUT : '', ...(extensions && { extensions }) };
    const item = callItem(empty, { ...this.#spelling, status: 'in_progress' });
    const begun = spelling.isCustom ? item : { ...item, arguments: '' };
    sink.write('response.output_item.added', { output_index: sink.place, item: begun });
  }

  grow(delta: string): void {
    this.#argumentsJson += delta;
    if (!this.#spelling.isCustom)
      this.#sink.write('response.function_call_arguments.delta', { ...this.#place(), delta });
  }

  mark(): void {}

  end(event: Event<'block-end'>): void {
    if (this.#spelling.isCustom) this.#tellInput();
    else this.#tellArguments();
    this.#extensions = mergeExtensions(this.#extensions, event.extensions);
    const block = { argumentsJson: this.#argumentsJson, ...(this.#extensions && { extensions: this.#extensions }) };
    const { status = 'completed' } = carriedSpelling(block);
    this.#sink.finishItem(callItem(block, { ...this.#spelling, status }));
  }

  take(): boolean {
    return false;
  }

  #tellArguments(): void {
    if (this.#argumentsJson === '') this.grow(NO_ARGUMENTS);
    const { name } = this.#spelling;
    const said = { ...this.#place(), name, arguments: this.#argumentsJson };
    this.#sink.write('response.function_call_arguments.done', said);
  }

  #tellInput(): void {
    const input = unwrapInput(this.#argumentsJson);
    if (input !== '') this.#sink.write('response.custom_tool_call_input.delta', { ...this.#place(), delta: input });
    this.#sink.write('response.custom_tool_call_input.done', { ...this.#place(), input });
  }

  #place(): JsonObject {
    return { item_id: this.#spelling.id, output_index: this.#sink.place };
  }
}
