import { compose } from '@sluice/streaming';
import type { ExchangePlan } from '@sluice/translator-kit';
import { translatedHeaders } from './answer-headers.js';
import type { AnswerPath } from './answer-path.js';
import { decodedRequest } from './decoded-request.js';
import { frameDecoder, isFramed } from './frame-decoder.js';
import { secretsOfPath, vendorModel, type PathOptions } from './path-options.js';
import { remembered } from './remembered.js';
import { TranslatedStream } from './translated-stream.js';
import { noteWarnings, translationContext } from './translation-context.js';
import { WholeAnswer } from './whole-answer.js';

/** Client and vendor speak different formats: request and answer go through the canonical model. */
export function translatedPath(
  { client, upstream }: Extract<ExchangePlan, { tier: 'translate' }>,
  options: PathOptions,
): AnswerPath {
  const { exchange } = options;
  const context = translationContext(options);
  const request = { ...(exchange.completed ?? decodedRequest(client, options)), model: vendorModel(options) };
  const { call, warnings } = upstream.upstream.translation.encodeRequest(request, context);
  noteWarnings(options, warnings);
  return {
    upstream,
    call,
    answer(reply, ask) {
      const { translation, framing } = upstream.upstream;
      const isWhole = !request.stream || exchange.answer.isHeldBack || !isFramed(framing, reply.headers);
      if (isWhole) return new WholeAnswer({ path: options, client, upstream, context, request, ask }).run(reply);
      const decoder = compose(frameDecoder(framing), translation.createStreamDecoder(context, request));
      const encoder = remembered(client.client.translation.createStreamEncoder(request, context), exchange);
      return new TranslatedStream({
        exchange,
        reply,
        headers: translatedHeaders(exchange, reply.headers, true),
        decoder,
        encoder,
        repair: translation.repair,
        secrets: secretsOfPath(options),
      }).run();
    },
  };
}
