import type { UpstreamReply } from '@sluice/provider-kit';
import { maskedEmbeddings } from '@sluice/shaping';
import type { EmbeddingRequest, EmbeddingResponse, ExchangePlan, TranslationContext } from '@sluice/translator-kit';
import { translatedHeaders } from './answer-headers.js';
import type { AnswerPath } from './answer-path.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { collectAnswer, outcomeOfFailure } from './body-relay.js';
import { invalidAnswer } from './invalid-answer.js';
import { noteMasking, openMask } from './masking.js';
import { vendorModel, type PathOptions } from './path-options.js';
import { noteWarnings, translationContext } from './translation-context.js';

type EmbeddingPlan = Extract<ExchangePlan, { tier: 'embed' }>;

/** A client asks for embeddings in one format, a vendor gives them in another. There are no streams of them. */
export function embeddingPath(plan: EmbeddingPlan, options: PathOptions): AnswerPath {
  const { client } = plan;
  const mask = openMask(options);
  const upstream = mask === undefined ? plan.upstream : maskedEmbeddings(plan.upstream, mask);
  const context = translationContext(options);
  const request = { ...client.client.embeddings.decodeRequest(options.call), model: vendorModel(options) };
  const { call, warnings } = upstream.upstream.embeddings.encodeRequest(request, context);
  noteWarnings(options, warnings);
  if (mask !== undefined) noteMasking(options, mask);
  return { upstream, call, answer: (reply) => answerEmbeddings(plan, options, { reply, request, context }) };
}

interface EmbeddingAnswer {
  readonly reply: UpstreamReply;
  readonly request: EmbeddingRequest;
  readonly context: TranslationContext;
}

async function answerEmbeddings(
  { client, upstream }: EmbeddingPlan,
  { exchange }: PathOptions,
  { reply, request, context }: EmbeddingAnswer,
): Promise<AttemptOutcome> {
  let body: Buffer;
  try {
    body = await collectAnswer(reply, exchange.cancellation);
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  let response: EmbeddingResponse;
  try {
    response = upstream.upstream.embeddings.decodeResponse(body, request);
  } catch (cause) {
    return { type: 'failed', error: invalidAnswer(cause) };
  }
  exchange.contentChars = 0; // vectors are no tokens
  if (response.usage !== undefined) exchange.reportUsage(response.usage);
  exchange.status = reply.status;
  const document = client.client.embeddings.encodeResponse(response, request, context);
  const headers = translatedHeaders(exchange, reply.headers, false);
  exchange.answer.respond(reply.status, headers, Buffer.from(JSON.stringify(document)));
  return { type: 'answered' };
}
