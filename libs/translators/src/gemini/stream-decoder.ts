import {
  GatewayError,
  type CanonicalEvent,
  type CanonicalRequest,
  type FinishReason,
  type JsonObject,
  type Usage,
  type WireFrame,
} from '@sluice/core';
import type { Emit, StreamTransformer } from '@sluice/streaming';
import {
  invalidResponse,
  nestedMember,
  objectMember,
  objectsMember,
  parseErrorBody,
  parseJsonObject,
  settleFinishReason,
  textMember,
  type TranslationContext,
} from '@sluice/translator-kit';
import { CANDIDATE_REST, mergeCandidateRest, restOfAnswer, restOfCandidate } from './answer/answer-rest.js';
import { answerScope } from './answer/answer-scope.js';
import { citationsOf } from './answer/citations.js';
import { carry, FORMAT } from './carried.js';
import { decodeAnswerError } from './decode-error.js';
import { mapBlockReason, mapStopReason } from './map-stop-reason.js';
import { mapUsage } from './map-usage.js';
import { AnswerBlocks } from './stream/answer-blocks.js';

/** Google sends none; servers that imitate it put OpenAI's framing around its chunks. */
const FOREIGN_DONE = '[DONE]';

/**
 * A vendor's stream: every event is an answer that holds what is new.
 *
 * ```text
 * waiting ── chunk ──▶ open ── chunk with finishReason or blockReason ──▶ finished ── end of input ──▶ ended
 *    └─ error · no JSON ─┴── the same · end of input ──▶ ended (response-error) ◀── error ──┘
 * ```
 *
 * Usage may follow the finish, so the end waits for the end of the input. Candidates after the first travel as opaque frames.
 * @see https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class GeminiStreamDecoder implements StreamTransformer<WireFrame, CanonicalEvent> {
  readonly #context: TranslationContext;
  readonly #request: CanonicalRequest;
  #blocks: AnswerBlocks | undefined;
  #finishReason: FinishReason | undefined;
  #usage: Usage | undefined;
  #isUsageTold = true;
  /** Members that the canonical model has not, of the answer and of its candidate. */
  #rest: JsonObject | undefined;
  #candidateRest: JsonObject | undefined;
  #rawUsage: JsonObject | undefined;
  #hasEnded = false;

  constructor(context: TranslationContext, request: CanonicalRequest) {
    this.#context = context;
    this.#request = request;
  }

  push(frame: WireFrame, emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    try {
      if (frame.kind !== 'sse') throw invalidResponse('The vendor sent a binary event in a text stream.');
      if (frame.data === '' || frame.data === FOREIGN_DONE) return;
      const chunk = parseJsonObject(frame.data) ?? listedError(frame.data);
      if (chunk === undefined)
        throw invalidResponse('The vendor sent an event in its stream that is not a JSON object.');
      if (objectMember(chunk, 'error') !== undefined) throw decodeAnswerError(chunk);
      this.#read(chunk, emit);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#hasEnded = true;
      emit({ type: 'response-error', error });
    }
  }

  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#finishReason === undefined || this.#blocks === undefined) {
      const message = 'The vendor’s answer stopped before its end.';
      return emit({ type: 'response-error', error: new GatewayError({ kind: 'upstream_truncated', message }) });
    }
    this.#blocks.finish(citationsOf(this.#candidateRest), emit);
    this.#tellUsage(emit);
    emit({
      type: 'response-end',
      finishReason: settleFinishReason({ reported: this.#finishReason, toolCalls: this.#blocks.toolCalls }),
      ...carry(
        this.#rest,
        nestedMember(CANDIDATE_REST, this.#candidateRest),
        this.#usage === undefined ? nestedMember('usageMetadata', this.#rawUsage) : undefined,
      ),
    });
  }

  #read(chunk: JsonObject, emit: Emit<CanonicalEvent>): void {
    const isFirst = this.#blocks === undefined;
    const blocks = (this.#blocks ??= this.#start(chunk, emit));
    this.#learnUsage(chunk);
    if (isFirst) this.#tellUsage(emit);
    const candidates = objectsMember(chunk, 'candidates');
    for (const candidate of candidates) {
      if ((candidate['index'] ?? 0) === 0) this.#readCandidate(candidate, blocks, emit);
      else
        emit({
          type: 'opaque',
          format: FORMAT,
          frame: { kind: 'sse', data: JSON.stringify({ candidates: [candidate] }) },
        });
    }
    this.#rest = joined(this.#rest, restOfAnswer(chunk));
    if (candidates.length === 0) this.#finishReason ??= mapBlockReason(chunk);
  }

  #start(chunk: JsonObject, emit: Emit<CanonicalEvent>): AnswerBlocks {
    const model = textMember(chunk, 'modelVersion') ?? this.#context.upstreamModel;
    emit({ type: 'response-start', id: textMember(chunk, 'responseId') ?? '', model });
    return new AnswerBlocks(answerScope(this.#request, this.#context, model));
  }

  #readCandidate(candidate: JsonObject, blocks: AnswerBlocks, emit: Emit<CanonicalEvent>): void {
    for (const part of objectsMember(objectMember(candidate, 'content'), 'parts')) blocks.read(part, emit);
    this.#candidateRest = mergeCandidateRest(this.#candidateRest, restOfCandidate(candidate));
    this.#finishReason ??= mapStopReason(candidate);
  }

  #learnUsage(chunk: JsonObject): void {
    const raw = objectMember(chunk, 'usageMetadata');
    if (raw === undefined) return;
    this.#rawUsage = raw;
    const usage = mapUsage(raw);
    if (usage === undefined) return;
    this.#usage = usage;
    this.#isUsageTold = false;
  }

  /** At the beginning, for formats that say there what the input cost, and at the end. */
  #tellUsage(emit: Emit<CanonicalEvent>): void {
    if (this.#isUsageTold || this.#usage === undefined) return;
    this.#isUsageTold = true;
    emit({ type: 'usage', usage: this.#usage });
  }
}

function joined(earlier: JsonObject | undefined, later: JsonObject | undefined): JsonObject | undefined {
  return earlier === undefined ? later : { ...earlier, ...later };
}

/** Google's errors stand in a list of one where its answers are not events. */
function listedError(data: string): JsonObject | undefined {
  const value = parseErrorBody(Buffer.from(data));
  return objectMember(value, 'error') === undefined ? undefined : value;
}
