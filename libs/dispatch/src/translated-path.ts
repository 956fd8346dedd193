import type { CanonicalRequest } from '@sluice/core';
import { compose } from '@sluice/streaming';
import type { ExchangePlan, TranslatedClient } from '@sluice/translator-kit';
import { translatedHeaders } from './answer-headers.js';
import type { AnswerPath } from './answer-path.js';
import { collectTranslatedStream } from './collect-translated-stream.js';
import { frameDecoder } from './frame-decoder.js';
import { isEventStream, isJson, secretsOfPath, vendorModel, type PathOptions } from './path-options.js';
import { translateBody } from './translated-body.js';
import { TranslatedStream } from './translated-stream.js';
import { noteWarnings, translationContext } from './translation-context.js';

/** Client and vendor speak different formats: request and answer go through the canonical model. */
export function translatedPath(
  { client, upstream }: Extract<ExchangePlan, { tier: 'translate' }>,
  options: PathOptions,
): AnswerPath {
  const { exchange } = options;
  const context = translationContext(options);
  const request = canonicalRequest(client, options);
  const { call, warnings } = upstream.upstream.translation.encodeRequest(request, context);
  noteWarnings(options, warnings);
  return {
    upstream,
    call,
    answer(reply) {
      const { translation, framing } = upstream.upstream;
      const isFramed = framing === 'aws-event-stream' ? !isJson(reply.headers) : isEventStream(reply.headers);
      const headers = translatedHeaders(exchange, reply.headers, request.stream);
      const shared = { exchange, reply, headers, client, context, request };
      if (!isFramed) return translateBody({ ...shared, translation });
      const decoder = compose(frameDecoder(framing), translation.createStreamDecoder(context, request));
      if (!request.stream) return collectTranslatedStream({ ...shared, decoder });
      const encoder = client.client.translation.createStreamEncoder(request, context);
      return new TranslatedStream({
        exchange,
        reply,
        headers,
        decoder,
        encoder,
        secrets: secretsOfPath(options),
      }).run();
    },
  };
}

/** Decoded once per exchange, however many accounts are tried. */
function canonicalRequest(client: TranslatedClient, options: PathOptions): CanonicalRequest {
  const { exchange, call } = options;
  exchange.canonical ??= client.client.translation.decodeRequest(call);
  return { ...exchange.canonical, model: vendorModel(options) };
}
