import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type JsonObject,
  type Usage,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import { invalidResponse, parseJsonObject, textMember, type TranslationContext } from '@sluice/translator-kit';
import { carry } from './carried.js';
import { ChoiceFinishes } from './choice-finishes.js';
import { decodeAnswerError, findAnswerError } from './decode-error.js';
import { mapUsage } from './map-usage.js';
import { usageIn } from './read-chunk.js';
import { audioFormatWanted, failureOf, settleAnswer } from './response/settle-answer.js';
import { AnswerBlocks } from './stream/answer-blocks.js';
import { CallReader } from './stream/call-reader.js';
import { choicesOf, isThere, mayHoldError, mayHoldUsage } from './stream/chunk-glance.js';
import { ChunkMembers } from './stream/chunk-members.js';
import { DeltaReader } from './stream/delta-reader.js';
import { nameRestorer } from './tool-names.js';
import { DONE } from './wire-types.js';

/** `obfuscation` is padding. */
const CHUNK: ReadonlySet<string> = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'error',
  'obfuscation',
]);
const CHOICE: ReadonlySet<string> = new Set([
  'index',
  'delta',
  'message',
  'finish_reason',
  'logprobs',
  'usage',
  'error',
]);

/**
 * Chunks of a chat completion → canonical events.
 *
 * ```text
 * waiting ── first choice ──▶ open ── every choice finished ──▶ finished ── [DONE] | end of stream ──▶ ended
 *    │                          │ [DONE] with visible text and no call: as if finished with "stop"
 *    └── error, no JSON, [DONE] or end of stream without a finish ──▶ ended (response-error)
 * ```
 *
 * Blocks are closed at the finish; the end waits for the usage behind it. Whatever follows `[DONE]` is ignored.
 */
export class ChatStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #context: TranslationContext;
  readonly #members = new ChunkMembers(CHUNK);
  readonly #choiceMembers = new ChunkMembers(CHOICE);
  readonly #blocks = new AnswerBlocks();
  readonly #calls: CallReader;
  readonly #deltas: DeltaReader;
  readonly #finishes = new ChoiceFinishes();
  #state: 'waiting' | 'open' | 'finished' | 'ended' = 'waiting';
  #finishReason: ReturnType<ChoiceFinishes['take']>;
  #hasSeenChoice = false;
  /** Usage that came before the first choice. */
  #earlyUsage: Usage | undefined;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#context = context;
    const blocks = this.#blocks;
    this.#calls = new CallReader({
      requestId: context.requestId,
      nextBlockIndex: () => blocks.takeIndex(),
      nameOf: nameRestorer(request),
    });
    this.#deltas = new DeltaReader({ blocks, calls: this.#calls, audioFormat: audioFormatWanted(request) });
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#state === 'ended') return;
    if (frame.kind !== 'sse')
      return this.#fail(invalidResponse('The vendor sent a binary event in a text stream.'), emit);
    const { data, event } = frame;
    if (data === '') return;
    if (data.startsWith(DONE)) return this.#end(true, emit);
    const chunk = parseJsonObject(data);
    if (chunk === undefined) {
      return this.#fail(invalidResponse('The vendor sent an event in its stream that is not a JSON object.'), emit);
    }
    if (event === 'error') return this.#fail(decodeAnswerError(chunk), emit);
    try {
      this.#read(chunk, emit);
    } catch (failure) {
      if (!(failure instanceof GatewayError)) throw failure;
      this.#fail(failure, emit);
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#state !== 'ended') this.#end(false, emit);
  }

  #read(chunk: JsonObject, emit: Emit<CanonicalEvent>): void {
    const choices = choicesOf(chunk);
    const error = mayHoldError(chunk, choices) ? findAnswerError(chunk) : undefined;
    if (error !== undefined) return this.#fail(error, emit);
    this.#members.see(chunk);
    if (this.#state === 'waiting' && choices.length > 0) this.#start(chunk, emit);
    for (const choice of choices) {
      this.#deltas.read(choice, emit);
      this.#choiceMembers.see(choice);
    }
    if (mayHoldUsage(chunk, choices)) this.#readUsage(chunk, emit);
    if (choices.some((choice) => this.#isNews(choice))) this.#readFinish(choices, emit);
  }

  /** Whether a choice must be looked at for its finish: the first of them is, and whatever is more than another piece. */
  #isNews(choice: JsonObject): boolean {
    const isFirst = !this.#hasSeenChoice;
    this.#hasSeenChoice = true;
    const { finish_reason: reason, index } = choice;
    return isFirst || isThere(reason) || (index !== 0 && index !== undefined);
  }

  #readFinish(choices: readonly JsonObject[], emit: Emit<CanonicalEvent>): void {
    this.#finishes.see(choices);
    this.#finishReason ??= this.#finishes.take();
    if (this.#finishReason !== undefined && this.#state === 'open') this.#closeBlocks(emit);
  }

  #start(chunk: JsonObject, emit: Emit<CanonicalEvent>): void {
    this.#state = 'open';
    const { created } = chunk;
    emit({
      type: 'response-start',
      id: textMember(chunk, 'id') ?? '',
      model: textMember(chunk, 'model') ?? this.#context.upstreamModel,
      ...carry(typeof created === 'number' ? { created } : undefined, this.#members.take()),
    });
    if (this.#earlyUsage !== undefined) emit({ type: 'usage', usage: this.#earlyUsage });
  }

  #readUsage(chunk: JsonObject, emit: Emit<CanonicalEvent>): void {
    const raw = usageIn(chunk);
    const usage = raw && mapUsage(raw);
    if (usage === undefined) return;
    if (this.#state === 'waiting') this.#earlyUsage = usage;
    else emit({ type: 'usage', usage });
  }

  #closeBlocks(emit: Emit<CanonicalEvent>): void {
    this.#state = 'finished';
    this.#blocks.close(emit);
    this.#calls.finish(emit);
  }

  /** @param isDone whether the vendor said that this is the end */
  #end(isDone: boolean, emit: Emit<CanonicalEvent>): void {
    const reported = this.#finishReason ?? (isDone && this.#isWholeText() ? { unified: 'stop' as const } : undefined);
    if (reported === undefined) return this.#fail(truncated(), emit);
    this.#closeBlocks(emit); // again: text may follow the finish of another choice
    const finishReason = settleAnswer(reported, {
      toolCalls: this.#calls.count,
      hasText: this.#blocks.has('text'),
      hasRefusal: this.#blocks.has('refusal'),
    });
    const failure = failureOf(finishReason);
    if (failure !== undefined) return this.#fail(failure, emit);
    this.#state = 'ended';
    const rest = this.#choiceMembers.take();
    emit({ type: 'response-end', finishReason, ...carry(this.#members.take(), rest && { choices: [rest] }) });
  }

  /** Some servers leave the finish out. Text that the reader has seen may be all; a call or mere reasoning is not. */
  #isWholeText(): boolean {
    return (this.#blocks.has('text') || this.#blocks.has('refusal')) && !this.#calls.hasBegun;
  }

  #fail(error: GatewayError, emit: Emit<CanonicalEvent>): void {
    this.#state = 'ended';
    emit({ type: 'response-error', error });
  }
}

function truncated(): GatewayError {
  return new GatewayError({
    kind: 'upstream_truncated',
    message: 'The vendor ended its answer before it was complete.',
  });
}
