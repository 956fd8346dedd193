import type { CanonicalRequest } from '@sluice/core';
import { compose } from '@sluice/streaming';
import type {
  EmbeddingRequest,
  EmbeddingUpstream,
  EmbeddingUpstreamTranslation,
  TranslatedUpstream,
  UpstreamTokenCount,
  UpstreamTranslation,
} from '@sluice/translator-kit';
import { maskRequest, type MaskedRequest } from './mask-request.js';
import { maskMembers } from './masked-json.js';
import { restoreError } from './restore-error.js';
import { restoreResponse } from './restore-response.js';
import { RestoringStream } from './restoring-stream.js';
import type { WordMask } from './word-mask.js';

/**
 * A vendor's format for one call: what is encoded has no word in it, what is decoded has them again. Whoever calls it keeps to
 * the client's own request.
 */
export function maskedUpstream(format: TranslatedUpstream, mask: WordMask): TranslatedUpstream {
  const { upstream } = format;
  return {
    ...format,
    upstream: {
      ...upstream,
      decodeError: (status, headers, body) => restoreError(upstream.decodeError(status, headers, body), mask),
      translation: maskedTranslation(upstream.translation, mask),
    },
  };
}

/** The same for a vendor that gives embeddings: its vectors are those of the masked texts. */
export function maskedEmbeddings(format: EmbeddingUpstream, mask: WordMask): EmbeddingUpstream {
  const { upstream } = format;
  const { embeddings } = upstream;
  const masked: EmbeddingUpstreamTranslation = {
    encodeRequest: (request, context) => embeddings.encodeRequest(maskTexts(request, mask), context),
    decodeResponse: (body, request) => embeddings.decodeResponse(body, request),
  };
  return {
    ...format,
    upstream: {
      ...upstream,
      decodeError: (status, headers, body) => restoreError(upstream.decodeError(status, headers, body), mask),
      embeddings: masked,
    },
  };
}

/** The same for a vendor that counts tokens: those of the masked request. */
export function maskedTokenCount(count: UpstreamTokenCount, mask: WordMask): UpstreamTokenCount {
  return {
    encodeRequest: (request, context) => count.encodeRequest(maskRequest(request, mask).request, context),
    decodeCount: (body) => count.decodeCount(body),
  };
}

function maskedTranslation(translation: UpstreamTranslation, mask: WordMask): UpstreamTranslation {
  const known = new WeakMap<CanonicalRequest, MaskedRequest>();
  const masked = (request: CanonicalRequest): MaskedRequest => {
    const found = known.get(request) ?? maskRequest(request, mask);
    known.set(request, found);
    return found;
  };
  return {
    ...translation,
    encodeRequest(request, context) {
      const { request: sent, warnings } = masked(request);
      const encoded = translation.encodeRequest(sent, context);
      return { ...encoded, warnings: [...warnings, ...encoded.warnings] };
    },
    decodeResponse(body, context, request) {
      const response = translation.decodeResponse(body, context, masked(request).request);
      return restoreResponse(response, mask, context.clientFormat);
    },
    createStreamDecoder(context, request) {
      const decoder = translation.createStreamDecoder(context, masked(request).request);
      return compose(decoder, new RestoringStream(mask, context.clientFormat));
    },
  };
}

function maskTexts(request: EmbeddingRequest, mask: WordMask): EmbeddingRequest {
  const { texts, endUser, extensions } = request;
  return {
    ...request,
    texts: texts.map((text) => mask.mask(text)),
    ...(endUser !== undefined && { endUser: mask.mask(endUser) }),
    ...(extensions !== undefined && { extensions: maskMembers(extensions, mask) as NonNullable<typeof extensions> }), // bags by format
  };
}
