import type { Extensions, JsonObject, Usage } from '@sluice/core';
import type { WireCall } from './wire-call.js';
import type { EncodedRequest, TranslationContext } from './wire-format.js';

/** How a client wants numbers: as JSON, or as base64 of little-endian 32-bit floats. */
export type EmbeddingEncoding = 'float' | 'base64';

/** A request for embeddings, in no vendor's words. */
export interface EmbeddingRequest {
  readonly model: string;
  /** At least one; none is empty. */
  readonly texts: readonly string[];
  /** How many numbers a vector shall have; absent = the model's own number. */
  readonly dimensions?: number;
  readonly encoding: EmbeddingEncoding;
  readonly endUser?: string;
  readonly extensions?: Extensions;
}

/** A vector for each text, in the order of the request. */
export interface EmbeddingResponse {
  readonly vectors: readonly (readonly number[])[];
  /** Undefined = the vendor did not count. */
  readonly usage?: Usage;
}

/** Clients ask for embeddings in this format, and any vendor may answer. */
export interface EmbeddingClientTranslation {
  /** @throws GatewayError `invalid_request` */
  decodeRequest(call: WireCall): EmbeddingRequest;
  encodeResponse(response: EmbeddingResponse, request: EmbeddingRequest, context: TranslationContext): JsonObject;
}

/** A vendor gives embeddings in this format, to any client. */
export interface EmbeddingUpstreamTranslation {
  /** @throws GatewayError `invalid_request` for what the vendor cannot embed */
  encodeRequest(request: EmbeddingRequest, context: TranslationContext): EncodedRequest;
  /** @throws GatewayError `upstream_invalid_response`, also where the vectors are not as many as the texts */
  decodeResponse(body: Buffer, request: EmbeddingRequest): EmbeddingResponse;
}
