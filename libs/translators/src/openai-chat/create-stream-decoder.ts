import type { CanonicalEvent, CanonicalRequest, WireFrame } from '@sluice/core';
import { compose, type StreamTransformer } from '@sluice/streaming';
import { ThinkTagSplitter, type TranslationContext } from '@sluice/translator-kit';
import { readDialect } from './dialect.js';
import { ChatStreamDecoder } from './stream-decoder.js';

/** Chunks to canonical events, as the account's vendor writes them: some leave their thinking in the text. */
export function createStreamDecoder(
  context: TranslationContext,
  request: CanonicalRequest,
): StreamTransformer<WireFrame, CanonicalEvent> {
  const decoder = new ChatStreamDecoder(context, request);
  const { thinkTags } = readDialect(context.dialect, context.upstreamModel);
  return thinkTags ? compose(decoder, new ThinkTagSplitter()) : decoder;
}
