import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { encodeRequest } from '../request/encode-request.js';
import { contextOf, requestOf } from './requests.js';

export type Members = Partial<CanonicalRequest>;

export interface Encoded {
  readonly path: string;
  readonly body: JsonObject;
  /** A warning's effect and path. */
  readonly told: readonly string[];
}

/** The request that is sent for a request with these members, and what could not be said. */
export function encode(members: Members, model?: string, more: Parameters<typeof contextOf>[1] = {}): Encoded {
  const { call, warnings } = encodeRequest(requestOf(members), contextOf(model, more));
  return {
    path: call.path,
    body: JSON.parse(call.body.toString()) as JsonObject, // what was encoded is an object
    told: warnings.map(({ effect, path }) => `${effect} ${path}`),
  };
}

/** The turns that are sent. */
export function messagesOf(members: Members, model?: string): JsonObject['messages'] {
  return encode(members, model).body['messages'];
}
