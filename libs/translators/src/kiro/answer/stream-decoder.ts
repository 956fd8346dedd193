import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type Extensions,
  type FinishReason,
  type Signature,
  type Usage,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { invalidResponse, type TranslationContext } from '@sluice/translator-kit';
import { AnswerWriter } from './answer-writer.js';
import { classifyToolInput } from './classify-tool-input.js';
import { estimateUsage } from './estimate-usage.js';
import { CUT_ANSWER_TEXT } from '../cut-answer.js';
import { cutCallGuidance, cutCallText, cutsInHistory, type CutCall } from '../cut-call.js';
import type { ExchangeFacts } from '../exchange-facts.js';
import { mapStopReason } from './map-stop-reason.js';
import { readFrame, type KiroEvent } from './read-frame.js';
import { ThinkingScanner } from './thinking-scanner.js';
import { ToolCalls, type CollectedCall } from './tool-calls.js';
import { ToolNames } from '../tool-names.js';
import { UsageTally } from './usage-tally.js';
import { searchBlocks, searchCount } from '../web-search/search-blocks.js';

/** What stands where an answer has nothing but thinking: clients expect text. */
const NO_TEXT = ' ';

export interface DecodedExchange {
  readonly context: TranslationContext;
  /** The client's: its names of tools, its schemas. */
  readonly request: CanonicalRequest;
  readonly facts: ExchangeFacts;
}

/**
 * Frames of one answer → canonical events. The format has no terminal event: an answer is complete when usage of some kind
 * (context, metering, metadata) came after its last content, or when one of its calls came to its end.
 *
 * ```text
 *  content* ── usage ──▶ complete ── end of stream ──▶ response-end
 *     │  ▲───content────────┘
 *     ├── end of stream, a call is cut ──▶ text that says so, response-end (length); else, where the account
 *     │                                    does not want that, response-error (upstream_truncated)
 *     ├── end of stream ──▶ text that says so behind a text, response-error (upstream_truncated)
 *     └── exception | error ──▶ response-error
 * ```
 *
 * Calls are held until the vendor says that they are complete: a long one is often cut, and half a call makes agents repeat
 * it for ever. The text about a cut call waits for what the vendor says next: while nothing else is said, the answer can still
 * be asked for again. Thinking in tags becomes reasoning where the request asked for it and the model has no reasoning of its own.
 */
export class KiroStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #request: CanonicalRequest;
  readonly #requestId: string;
  readonly #modelId: string;
  readonly #facts: ExchangeFacts;
  readonly #writer: AnswerWriter;
  readonly #names: ToolNames;
  readonly #calls = new ToolCalls();
  readonly #usage = new UsageTally();
  readonly #scanner: ThinkingScanner | undefined;
  #emit: Emit<CanonicalEvent> = () => undefined;
  #hasNativeReasoning = false;
  #stopReason: string | undefined;
  readonly #cutCalls: CutCall[] = [];
  /** Client's names of tools whose cut calls the answer does not tell of yet. */
  #untoldCuts: string[] = [];
  #searches = 0;
  #isCut = false;
  #isOnlyThinking = false;
  #isComplete = false;
  #hasEnded = false;

  constructor({ context, request, facts }: DecodedExchange) {
    this.#request = request;
    this.#requestId = context.requestId;
    this.#modelId = context.upstreamModel;
    this.#facts = facts;
    this.#writer = new AnswerWriter({ type: 'response-start', id: context.requestId, model: context.upstreamModel });
    this.#names = new ToolNames(request);
    const isTaught = facts.reasoning.way === 'tags' || facts.reasoning.way === 'fields';
    if (facts.isThinkingWanted && isTaught) {
      this.#scanner = new ThinkingScanner((kind, text) => this.#write(kind, text));
    }
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
    if (this.#hasEnded) return;
    if (open.length === 0 && !this.#isComplete && !this.#calls.hasStopped) {
      if (this.#facts.dialect.truncationRecovery && this.#writer.has('text')) {
        this.#writer.append('text', CUT_ANSWER_TEXT, this.#emit);
      }
      return this.#fail(truncated('The vendor ended its answer before it was complete.'));
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
      case 'search':
        return this.#takeSearch(event);
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
    this.#tellCuts();
    this.#usage.estimate.addText(text);
    this.#writer.append(this.#hasNativeReasoning ? 'text' : kind, text, this.#emit);
  }

  #takeReasoning({ text, signature, redacted }: Extract<KiroEvent, { type: 'reasoning' }>): void {
    this.#scanner?.flush();
    this.#tellCuts();
    this.#isComplete = false;
    this.#hasNativeReasoning = true;
    if (text !== '') {
      this.#usage.estimate.addText(text);
      this.#writer.append('reasoning', text, this.#emit);
    }
    if (signature !== undefined) this.#writer.mark({ signature: this.#signature(signature) }, this.#emit);
    if (redacted !== undefined) this.#writer.mark({ redacted }, this.#emit);
  }

  #takeSearch({ id, query, outcome }: Extract<KiroEvent, { type: 'search' }>): void {
    this.#scanner?.flush();
    this.#tellCuts();
    this.#isComplete = false;
    this.#searches += 1;
    const seed = `search ${this.#requestId} ${id}`;
    for (const block of searchBlocks(seed, query, outcome)) {
      const inputJson = block.input === undefined ? '' : JSON.stringify(block.input);
      const extensions = { [block.raw.format]: block.raw.value };
      this.#writer.serverTool({ id: block.id, tool: block.tool, extensions, inputJson }, this.#emit);
    }
  }

  #signature(value: string): Signature {
    const { family } = this.#facts.model;
    return { family: family === 'other' ? 'unknown' : family, value, model: this.#modelId };
  }

  #showCall(call: CollectedCall): void {
    this.#scanner?.flush();
    const name = this.#names.toClient(call.name);
    if (classifyToolInput({ ...call, name }, this.#request) !== 'complete') return this.#showCut(call, name);
    this.#tellCuts();
    const argumentsJson = asObject(call.json);
    this.#usage.estimate.addJson(argumentsJson);
    this.#writer.call({ id: call.id, name, argumentsJson }, this.#emit);
  }

  #showCut({ id, json }: CollectedCall, name: string): void {
    if (this.#hasEnded) return;
    if (!this.#facts.dialect.truncationRecovery) {
      return this.#fail(
        truncated(`The vendor cut off a call of the tool "${name}" before its arguments were complete.`),
      );
    }
    const cutsBefore = cutsInHistory(this.#request.messages, name);
    const earlierCuts = cutsBefore + this.#cutCalls.filter((cut) => cut.name === name).length;
    this.#cutCalls.push({ id, name, receivedChars: json.length, guidance: cutCallGuidance(name, earlierCuts) });
    this.#isCut = true;
    this.#untoldCuts.push(name);
  }

  #tellCuts(): void {
    for (const name of this.#untoldCuts) this.#writer.append('text', cutCallText(name), this.#emit);
    this.#untoldCuts = [];
  }

  /** At the model's limit an answer that has begun is complete, though cut. */
  #takeFailure(error: GatewayError, isTooLong: boolean): void {
    this.#scanner?.flush();
    const hasBegun = !this.#writer.isEmpty || this.#untoldCuts.length > 0;
    if (!isTooLong || !hasBegun) return this.#fail(error);
    this.#isCut = true;
    this.#end();
  }

  #end(): void {
    this.#tellCuts();
    if (this.#writer.has('reasoning') && !this.#writer.has('text') && !this.#writer.has('tool-call')) {
      this.#isCut = true;
      this.#isOnlyThinking = true;
      this.#writer.append('text', NO_TEXT, this.#emit);
    }
    this.#hasEnded = true;
    this.#writer.close(this.#emit);
    this.#writer.begin(this.#emit);
    const usage = this.#knownUsage();
    this.#emit({
      type: 'usage',
      usage: usage?.output === undefined ? estimateUsage(this.#request, this.#usage) : usage,
    });
    this.#emit({
      type: 'response-end',
      finishReason: this.#finishReason(),
      ...this.#endExtensions(),
    });
  }

  /** For one who could ask again, because nothing has been sent to the client yet; and how often was searched. */
  #endExtensions(): { readonly extensions?: Extensions } {
    const hint = {
      ...(this.#cutCalls.length === 0 ? {} : { cutCalls: this.#cutCalls }),
      ...(this.#isOnlyThinking ? { onlyThinking: true } : {}),
    };
    const extensions = {
      ...(Object.keys(hint).length === 0 ? {} : { kiro: hint }),
      ...(this.#searches === 0 ? {} : searchCount(this.#searches)),
    };
    return Object.keys(extensions).length === 0 ? {} : { extensions };
  }

  #fail(error: GatewayError): void {
    this.#hasEnded = true;
    const usage = this.#writer.isEmpty ? undefined : this.#knownUsage();
    if (!this.#writer.isEmpty) this.#tellCuts();
    if (usage !== undefined) this.#emit({ type: 'usage', usage });
    this.#emit({ type: 'response-error', error });
  }

  #knownUsage(): Usage | undefined {
    return this.#usage.toUsage(this.#facts.model.windowTokens);
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

function truncated(message: string): GatewayError {
  return new GatewayError({ kind: 'upstream_truncated', message });
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(event)}`);
}
