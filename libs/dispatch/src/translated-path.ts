import { maskedUpstream } from '@sluice/shaping';
import type { ExchangePlan } from '@sluice/translator-kit';
import type { AnswerPath } from './answer-path.js';
import { decodedRequest } from './decoded-request.js';
import { noteMasking, openMask } from './masking.js';
import { vendorModel, type PathOptions } from './path-options.js';
import { TranslatedAnswer } from './translated-answer.js';
import { noteWarnings, translationContext } from './translation-context.js';

/** Client and vendor speak different formats: request and answer go through the canonical model. */
export function translatedPath(
  { client, upstream: spoken }: Extract<ExchangePlan, { tier: 'translate' }>,
  options: PathOptions,
): AnswerPath {
  const { exchange } = options;
  const mask = openMask(options);
  const upstream = mask === undefined ? spoken : maskedUpstream(spoken, mask);
  const context = translationContext(options);
  const request = { ...(exchange.completed ?? decodedRequest(client, options)), model: vendorModel(options) };
  const { call, warnings } = upstream.upstream.translation.encodeRequest(request, context);
  noteWarnings(options, warnings);
  if (mask !== undefined) noteMasking(options, mask);
  return {
    upstream,
    call,
    answer(reply, ask) {
      return new TranslatedAnswer({ path: options, client, upstream, context, request, ask }).run(reply);
    },
  };
}
