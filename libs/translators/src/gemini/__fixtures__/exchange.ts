import {
  assertWellFormed,
  type CanonicalEvent,
  type CanonicalRequest,
  type ContentBlock,
  type FormatId,
  type JsonObject,
  type Message,
} from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { gemini } from '../format.js';

const { translation: client } = gemini.client;
const { translation: upstream } = gemini.upstream;

export const EMPTY: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

export const contextFor = (upstreamModel: string, dialect: JsonObject = {}): TranslationContext => ({
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel,
  dialect,
});

export const text = (value: string): ContentBlock => ({ type: 'text', text: value });
export const user = (...content: readonly ContentBlock[]): Message => ({ role: 'user', content });
export const assistant = (...content: readonly ContentBlock[]): Message => ({ role: 'assistant', content });
export const call = (id: string, name: string, argumentsJson = '{}'): ContentBlock => ({
  type: 'tool-call',
  id,
  name,
  argumentsJson,
});
export const result = (callId: string, ...content: readonly ContentBlock[]): ContentBlock => ({
  type: 'tool-result',
  callId,
  content,
});

/** G→: a client's body in canonical words. */
export function decode(body: JsonObject, path = '/v1beta/models/m:generateContent'): CanonicalRequest {
  return client.decodeRequest({ path, query: '', body: Buffer.from(JSON.stringify({ contents: [], ...body })) });
}

/** →G: a canonical request as the vendor gets it. */
export function encode(request: Partial<CanonicalRequest>, model = 'gemini-2.5-flash', dialect: JsonObject = {}) {
  const { call: encoded, warnings } = upstream.encodeRequest({ ...EMPTY, ...request }, contextFor(model, dialect));
  return {
    path: encoded.path,
    query: encoded.query,
    warnings,
    body: JSON.parse(encoded.body.toString()) as JsonObject,
  }; // our own encoder's JSON
}

/** G⇒: a vendor's chunks in canonical events. */
export function readStream(request: CanonicalRequest, ...chunks: readonly JsonObject[]): readonly CanonicalEvent[] {
  return readStreamFor(undefined, request, ...chunks);
}

/** The same for a client of a format. */
export function readStreamFor(
  clientFormat: FormatId | undefined,
  request: CanonicalRequest,
  ...chunks: readonly JsonObject[]
): readonly CanonicalEvent[] {
  const context = { ...contextFor('gemini-3-flash'), ...(clientFormat !== undefined && { clientFormat }) };
  const decoder = upstream.createStreamDecoder(context, request);
  const events: CanonicalEvent[] = [];
  const keep = (event: CanonicalEvent): void => void events.push(event);
  for (const chunk of chunks) decoder.push({ kind: 'sse', data: JSON.stringify(chunk) }, keep);
  decoder.finish(keep);
  assertWellFormed(events);
  return events;
}

/** ⇒G: canonical events as the client's chunks. */
export function writeStream(...events: readonly CanonicalEvent[]): readonly JsonObject[] {
  const encoder = client.createStreamEncoder(EMPTY, contextFor('gemini-3-flash'));
  const chunks: JsonObject[] = [];
  for (const event of [{ type: 'response-start', id: 'msg_1', model: 'claude' } as const, ...events]) {
    encoder.push(event, ({ data }) => chunks.push(JSON.parse(data) as JsonObject)); // our own encoder's JSON
  }
  return chunks;
}

/** One chunk of a vendor's stream. */
export function chunkOf(parts: readonly JsonObject[], end: JsonObject = {}): JsonObject {
  const { usageMetadata, ...candidate } = end;
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...candidate }],
    ...(usageMetadata !== undefined && { usageMetadata }),
    modelVersion: 'gemini-3-flash',
    responseId: 'r',
  };
}
