import type { CanonicalEvent, CanonicalRequest, Extensions, JsonObject, JsonValue } from '@sluice/core';
import { isJsonObject } from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import type { ToolNames } from '../tool-names.js';
import { AnswerWriter } from './answer-writer.js';
import { findTextCall, findTextCallHead, type TextCall } from './find-text-call.js';

/** Text that is held back because a call may stand in it. With more it is no call. */
export const MAX_HELD_CHARS = 64 * 1024;

/**
 * Beginnings in one answer that turn out to be no whole call; behind them everything is text. Each is looked at up to the end of
 * what is held, and a model can be made to begin calls without end.
 */
export const MAX_FALSE_STARTS = 64;

/** How the forms begin. */
const FIRST_CHARACTER = /[[<]/;

/** So many backticks begin code, and end it. */
const FENCE_LENGTH = 3;

interface ServerToolStart {
  readonly id: string;
  readonly tool: string;
  readonly extensions?: Extensions;
}

/**
 * Canonical events → the same answer with calls where the model wrote them into its text. Only names of tools that the request
 * has count, only outside of code, and only where the answer has no real call: then the model was quoting. So what looks
 * like a call is held back, with all text behind it, until the answer ends.
 *
 * Blocks come one after the other, as this format's decoder tells them.
 */
export class TextCallReader implements StreamTransformer<CanonicalEvent, CanonicalEvent> {
  readonly #tools: ReadonlyMap<string, JsonObject>;
  #writer: AnswerWriter | undefined;
  /** From where a call may begin. */
  #held = '';
  #isOff = false;
  /** Whether a call has begun in what is held. */
  #isHolding = false;
  #isInCode = false;
  #backticks = 0;
  #callCount = 0;
  #falseStarts = 0;
  #responseId = '';
  #native: { readonly id: string; readonly name: string; argumentsJson: string } | undefined;
  #serverTool: { readonly start: ServerToolStart; inputJson: string } | undefined;
  #openType: string | undefined;

  constructor(
    request: CanonicalRequest,
    private readonly names: ToolNames,
  ) {
    const declared = request.tools.flatMap((tool) => (tool.kind === 'function' ? [tool] : []));
    this.#tools = new Map(declared.map(({ name, parameters }) => [name, parameters]));
  }

  push(event: CanonicalEvent, emit: Emit<CanonicalEvent>): void {
    if (event.type === 'response-start') {
      this.#writer = new AnswerWriter(event);
      this.#responseId = event.id;
      return this.#writer.begin(emit);
    }
    const writer = this.#writer;
    if (writer === undefined) return emit(event); // a failure before anything
    switch (event.type) {
      case 'block-start':
        return this.#start(event, writer, emit);
      case 'block-delta':
        return this.#grow(event.delta, writer, emit);
      case 'block-mark':
        return writer.mark(event, emit);
      case 'block-end':
        return this.#end(writer, emit);
      case 'response-end': {
        this.#advance('at the end', writer, emit);
        writer.close(emit);
        const { unified } = event.finishReason;
        const hasCalled = this.#callCount > 0 && unified === 'stop';
        return emit(hasCalled ? { ...event, finishReason: { ...event.finishReason, unified: 'tool-calls' } } : event);
      }
      case 'response-error':
        this.#release(writer, emit);
        return emit(event);
      default:
        return emit(event);
    }
  }

  finish(): void {}

  #start(
    { block, extensions }: Extract<CanonicalEvent, { type: 'block-start' }>,
    writer: AnswerWriter,
    emit: Emit<CanonicalEvent>,
  ): void {
    this.#openType = block.type;
    if (block.type !== 'text') this.#release(writer, emit);
    if (block.type === 'server-tool') {
      this.#serverTool = {
        start: { id: block.id, tool: block.tool, ...(extensions && { extensions }) },
        inputJson: '',
      };
    }
    if (block.type !== 'tool-call') return;
    this.#isOff = true;
    this.#native = { id: block.id, name: block.name, argumentsJson: '' };
  }

  #grow(delta: string, writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    if (this.#native !== undefined) this.#native.argumentsJson += delta;
    else if (this.#serverTool !== undefined) this.#serverTool.inputJson += delta;
    else if (this.#openType === 'reasoning') writer.append('reasoning', delta, emit);
    else if (this.#isOff) writer.append('text', delta, emit);
    else this.#read(delta, writer, emit);
  }

  #end(writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    if (this.#native !== undefined) writer.call(this.#native, emit);
    if (this.#serverTool !== undefined) {
      const { start, inputJson } = this.#serverTool;
      writer.serverTool({ ...start, inputJson }, emit);
    }
    this.#native = undefined;
    this.#serverTool = undefined;
    this.#openType = undefined;
  }

  #read(delta: string, writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    this.#held += delta;
    if (!this.#isHolding) this.#advance('so far', writer, emit);
    if (this.#held.length <= MAX_HELD_CHARS) return;
    this.#isOff = true;
    this.#release(writer, emit);
  }

  /** Says what is no call. So far a call is kept, because a real one may follow; at the end it is one. */
  #advance(until: 'so far' | 'at the end', writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    while (this.#held !== '') {
      this.#say(this.#possibleStart(), writer, emit);
      if (this.#held === '') return;
      const head = this.#isInCode ? 'none' : findTextCallHead(this.#held, this.#isDeclared);
      if (until === 'so far' && head !== 'none') {
        this.#isHolding = head !== 'unfinished';
        return;
      }
      const call = head === 'none' ? undefined : this.#callHere();
      if (call === undefined) {
        this.#say(1, writer, emit);
      } else {
        this.#held = this.#held.slice(call.end);
        this.#call(call, writer, emit);
      }
    }
  }

  /** The first place where a call may begin. */
  #possibleStart(): number {
    const place = this.#held.search(FIRST_CHARACTER);
    return place < 0 ? this.#held.length : place;
  }

  #callHere(): TextCall | undefined {
    if (this.#falseStarts >= MAX_FALSE_STARTS) return undefined;
    const call = findTextCall(this.#held, this.#isDeclared);
    if (call === undefined) this.#falseStarts += 1;
    return call;
  }

  #call(call: TextCall, writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    this.#callCount += 1;
    const name = this.names.toClient(call.name);
    const values = call.isTyped ? call.values : typed(call.values, this.#tools.get(name) ?? {});
    const id = `${this.#responseId.replaceAll(/[^\w-]/g, '_')}_call_${this.#callCount}`;
    writer.call({ id, name, argumentsJson: JSON.stringify(values) }, emit);
  }

  readonly #isDeclared = (name: string): boolean => this.#tools.has(this.names.toClient(name));

  #release(writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    this.#say(this.#held.length, writer, emit);
    this.#isHolding = false;
  }

  /** Tells so many characters of what is held. */
  #say(count: number, writer: AnswerWriter, emit: Emit<CanonicalEvent>): void {
    const text = this.#held.slice(0, count);
    this.#held = this.#held.slice(count);
    if (text === '') return;
    for (const character of text) {
      this.#backticks = character === '`' ? this.#backticks + 1 : 0;
      if (this.#backticks === FENCE_LENGTH) this.#isInCode = !this.#isInCode;
    }
    writer.append('text', text, emit);
  }
}

/** Values that are not declared as text are what their text says. */
function typed(values: JsonObject, schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, valueOf(String(value), properties[key])]),
  );
}

function valueOf(text: string, declared: JsonValue | undefined): JsonValue {
  if (!isJsonObject(declared) || declared['type'] === 'string' || declared['type'] === undefined) return text;
  try {
    return JSON.parse(text) as JsonValue; // whatever JSON has
  } catch {
    return text; // the model's mistake, which the client answers
  }
}
