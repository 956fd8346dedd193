import type { CanonicalRequest, CanonicalResponse } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { SseSerialiser } from '@sluice/streaming';
import {
  streamOfResponse,
  type TranslatedClient,
  type TranslationContext,
  type UpstreamTranslation,
} from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { collectAnswer, outcomeOfFailure } from './body-relay.js';
import type { AnswerHeaders } from './client-answer.js';
import { contentCharsOf } from './content-meter.js';
import type { Exchange } from './exchange.js';
import { invalidAnswer } from './invalid-answer.js';
import { remembered } from './remembered.js';

export interface TranslatedAnswerOptions {
  readonly exchange: Exchange;
  readonly reply: UpstreamReply;
  readonly headers: AnswerHeaders;
  readonly client: TranslatedClient;
  readonly context: TranslationContext;
  readonly request: CanonicalRequest;
}

/** Gives an answer to the client. Undefined = it was set aside, and nobody has been answered. */
export type Deliver = (response: CanonicalResponse) => AttemptOutcome | undefined;

export interface TranslatedBodyOptions extends Pick<
  TranslatedAnswerOptions,
  'exchange' | 'reply' | 'context' | 'request'
> {
  readonly translation: Pick<UpstreamTranslation, 'decodeResponse'>;
  readonly deliver: Deliver;
}

/**
 * Translates a whole answer, also for a client that asked for a stream: some vendors answer JSON all the same.
 * @returns undefined when the answer was set aside
 */
export async function translateBody(options: TranslatedBodyOptions): Promise<AttemptOutcome | undefined> {
  const { exchange, reply, context, request, translation, deliver } = options;
  let body: Buffer;
  try {
    body = await collectAnswer(reply, exchange.cancellation);
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  let response: CanonicalResponse;
  try {
    response = translation.decodeResponse(body, context, request);
  } catch (cause) {
    return { type: 'failed', error: invalidAnswer(cause) };
  }
  if (response.usage !== undefined) exchange.reportUsage(response.usage);
  if (response.usage?.output === undefined) exchange.contentChars = contentCharsOf(response.content);
  return deliver(response);
}

/** Writes a canonical answer in the client's format. */
export function answerWith(response: CanonicalResponse, options: TranslatedAnswerOptions): AttemptOutcome {
  const { exchange, reply, headers, request } = options;
  const text = request.stream ? asStream(response, options) : asDocument(response, options);
  exchange.finishReason = response.finishReason;
  exchange.status = reply.status;
  exchange.answer.respond(reply.status, headers, Buffer.from(text));
  return { type: 'answered' };
}

function asDocument(
  response: CanonicalResponse,
  { exchange, client, context, request }: TranslatedAnswerOptions,
): string {
  const document = client.client.translation.encodeResponse(response, context, request);
  exchange.conversation?.keep(document);
  return JSON.stringify(document);
}

function asStream(
  response: CanonicalResponse,
  { exchange, client, context, request }: TranslatedAnswerOptions,
): string {
  const encoder = remembered(client.client.translation.createStreamEncoder(request, context), exchange);
  const serialiser = new SseSerialiser();
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  for (const event of streamOfResponse(response)) encoder.push(event, (frame) => serialiser.push(frame, write));
  encoder.finish((frame) => serialiser.push(frame, write));
  return text;
}
