import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type FinishReason,
  type Signature,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { invalidResponse, type TranslationContext } from '@sluice/translator-kit';
import { AnswerWriter } from './answer-writer.js';
import { classifyToolInput } from './classify-tool-input.js';
import { mapStopReason } from './map-stop-reason.js';
import { modelFacts, type ModelFacts } from '../model-facts.js';
import { readFrame, type KiroEvent } from './read-frame.js';
import { ThinkingScanner } from './thinking-scanner.js';
import { ToolCalls, type CollectedCall } from './tool-calls.js';
import { ToolNames } from '../tool-names.js';
import { UsageTally } from './usage-tally.js';

/** What stands where an answer has nothing but thinking: clients expect text. */
const NO_TEXT = ' ';

/**
 * Frames of one answer → canonical events. The format has no terminal event: an answer is complete when usage of some kind
 * (context, metering, metadata) came after its last content, or when one of its calls came to its end.
 *
 * ```text
 *  content* ── usage ──▶ complete ── end of stream ──▶ response-end
 *     │  ▲───content────────┘
 *     ├── end of stream, a call is open ──▶ text that says so, response-end (length)
 *     ├── end of stream ──▶ response-error (upstream_truncated)
 *     └── exception | error ──▶ response-error
 * ```
 *
 * Calls are held until the vendor says that they are complete: a long one is often cut, and half a call makes agents repeat
 * it for ever. Thinking in tags becomes reasoning where the request asked for it and the model has no reasoning of its own.
 */
export class KiroStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #request: CanonicalRequest;
  readonly #model: string;
  readonly #facts: ModelFacts;
  readonly #writer: AnswerWriter;
  readonly #names: ToolNames;
  readonly #calls = new ToolCalls();
  readonly #usage = new UsageTally();
  readonly #scanner: ThinkingScanner | undefined;
  #emit: Emit<CanonicalEvent> = () => undefined;
  #hasNativeReasoning = false;
  #stopReason: string | undefined;
  #isCut = false;
  #isComplete = false;
  #hasEnded = false;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#request = request;
    this.#model = context.upstreamModel;
    this.#facts = modelFacts(context.upstreamModel);
    this.#writer = new AnswerWriter({ type: 'response-start', id: context.requestId, model: context.upstreamModel });
    this.#names = new ToolNames(request);
    const isThinking = request.reasoning !== undefined && request.reasoning.mode !== 'off';
    if (isThinking) this.#scanner = new ThinkingScanner((kind, text) => this.#write(kind, text));
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    const event = frame.kind === 'binary' ? readFrame(frame) : undefined;
    if (event === undefined) {
      return this.#fail(invalidResponse('The vendor sent a frame that its format does not allow.'));
    }
    if (event.type === 'other') return this.#carry(frame);
    try {
      this.#take(event);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#fail(error);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#emit = emit;
    this.#scanner?.flush();
    const open = this.#calls.takeOpen();
    for (const call of open) this.#showCall(call);
    if (open.length === 0 && !this.#isComplete && !this.#calls.hasStopped) {
      const message = 'The vendor ended its answer before it was complete.';
      return this.#fail(new GatewayError({ kind: 'upstream_truncated', message }));
    }
    this.#end();
  }

  #take(event: Exclude<KiroEvent, { type: 'other' }>): void {
    switch (event.type) {
      case 'text':
        return this.#takeText(event.text);
      case 'tool': {
        this.#isComplete = false;
        const call = this.#calls.take(event);
        if (call !== undefined) this.#showCall(call);
        return;
      }
      case 'reasoning':
        return this.#takeReasoning(event);
      case 'context':
        this.#isComplete = true;
        return this.#usage.takeContext(event.payload);
      case 'metering':
        this.#isComplete = true;
        return this.#usage.takeMetering(event.payload);
      case 'metadata':
        this.#isComplete = true;
        this.#stopReason = event.stopReason ?? this.#stopReason;
        if (event.tokenUsage !== undefined) this.#usage.takeTokens(event.tokenUsage);
        return;
      case 'invalid-state':
        if (this.#writer.isEmpty) this.#fail(event.error);
        return;
      case 'failure':
        return this.#takeFailure(event.error, event.isTooLong);
      default:
        return unknownEvent(event);
    }
  }

  #takeText(text: string): void {
    if (text === '') return;
    this.#isComplete = false;
    if (this.#scanner === undefined) this.#write('text', text);
    else this.#scanner.push(text);
  }

  /** Some models send their own reasoning and the tags as well: then only the tags go. */
  #write(kind: 'text' | 'reasoning', text: string): void {
    this.#usage.estimate.addText(text);
    this.#writer.append(this.#hasNativeReasoning ? 'text' : kind, text, this.#emit);
  }

  #takeReasoning({ text, signature, redacted }: Extract<KiroEvent, { type: 'reasoning' }>): void {
    this.#scanner?.flush();
    this.#isComplete = false;
    this.#hasNativeReasoning = true;
    if (text !== '') {
      this.#usage.estimate.addText(text);
      this.#writer.append('reasoning', text, this.#emit);
    }
    if (signature !== undefined) this.#writer.mark({ signature: this.#signature(signature) }, this.#emit);
    if (redacted !== undefined) this.#writer.mark({ redacted }, this.#emit);
  }

  #signature(value: string): Signature {
    const { family } = this.#facts;
    return { family: family === 'other' ? 'unknown' : family, value, model: this.#model };
  }

  #showCall(call: CollectedCall): void {
    this.#scanner?.flush();
    const name = this.#names.toClient(call.name);
    if (classifyToolInput({ ...call, name }, this.#request) !== 'complete') {
      this.#isCut = true;
      this.#writer.append('text', cutCallText(name), this.#emit);
      return;
    }
    const argumentsJson = asObject(call.json);
    this.#usage.estimate.addJson(argumentsJson);
    this.#writer.call({ id: call.id, name, argumentsJson }, this.#emit);
  }

  /** At the model's limit an answer that has begun is complete, though cut. */
  #takeFailure(error: GatewayError, isTooLong: boolean): void {
    this.#scanner?.flush();
    if (!isTooLong || this.#writer.isEmpty) return this.#fail(error);
    this.#isCut = true;
    this.#end();
  }

  #end(): void {
    if (this.#writer.has('reasoning') && !this.#writer.has('text') && !this.#writer.has('tool-call')) {
      this.#isCut = true;
      this.#writer.append('text', NO_TEXT, this.#emit);
    }
    this.#hasEnded = true;
    this.#writer.close(this.#emit);
    this.#writer.begin(this.#emit);
    this.#tellUsage();
    this.#emit({ type: 'response-end', finishReason: this.#finishReason() });
  }

  #fail(error: GatewayError): void {
    this.#hasEnded = true;
    if (!this.#writer.isEmpty) this.#tellUsage();
    this.#emit({ type: 'response-error', error });
  }

  #tellUsage(): void {
    const usage = this.#usage.toUsage(this.#facts.windowTokens);
    if (usage !== undefined) this.#emit({ type: 'usage', usage });
  }

  #finishReason(): FinishReason {
    return mapStopReason({
      contextPercentage: this.#usage.contextPercentage,
      isCut: this.#isCut,
      hasCalls: this.#writer.has('tool-call'),
      stopReason: this.#stopReason,
    });
  }

  /** Follow-up prompts, references, ids: they say something, only not in the canonical model. */
  #carry(frame: WireFrame): void {
    this.#writer.begin(this.#emit);
    this.#emit({ type: 'opaque', format: 'kiro', frame });
  }
}

/** Nothing is no arguments; a value that is no object becomes a member, because every client expects an object. */
function asObject(json: string): string {
  if (json.trim() === '') return '{}';
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? json : JSON.stringify({ value });
  } catch {
    return json; // a model's mistake, which the client answers
  }
}

function cutCallText(name: string): string {
  return (
    `[The vendor cut off a call of the tool "${name}" before its arguments were complete, so it was not made. ` +
    'Split the work into several smaller calls.]'
  );
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}
