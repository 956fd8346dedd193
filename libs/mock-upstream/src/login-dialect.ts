import type { JsonObject } from '@sluice/core';
import type { MockRequest } from './mock-request.js';
import { RequestRefusal, type ErrorDetail, type VendorDialect } from './vendor-dialect.js';

/** One step of a login: what must be in its body, and what it is answered with. */
export interface Login {
  readonly name: string;
  readonly path: string;
  /** What the body must bring, as text. */
  members(body: JsonObject): readonly string[];
  grant(digest: string, body: JsonObject): JsonObject;
  /** The header that an answer's id comes in. Default: AWS's. */
  readonly requestIdHeader?: string;
  /** Whether a request to the path is for this step. Default: every one is. */
  readonly isFor?: (request: MockRequest) => boolean;
  refusal(detail: ErrorDetail): JsonObject;
}

/** A service that only grants logins. */
export function loginDialect({
  name,
  path,
  members,
  grant,
  refusal,
  requestIdHeader = 'x-amzn-requestid',
  isFor = () => true,
}: Login): VendorDialect {
  const isHere = (request: MockRequest): boolean => request.path === path && isFor(request);
  return {
    name,
    endpoint: (request) => (request.method === 'POST' && isHere(request) ? 'login' : undefined),
    claims: isHere,
    readRequest: () => {
      throw new RequestRefusal('There is no inference here.');
    },
    renderAnswer: () => '',
    renderStream: () => [],
    renderStreamError: (detail) => JSON.stringify(refusal(detail)),
    renderError: (_status, detail) => JSON.stringify(refusal(detail)),
    renderModels: () => '',
    renderLogin: (body, digest) => {
      const missing = members(body).find((member) => typeof body[member] !== 'string' || body[member] === '');
      if (missing !== undefined) throw new RequestRefusal(`${missing} is required`);
      return JSON.stringify(grant(digest, body));
    },
    headers: (requestId) => ({ [requestIdHeader]: requestId }),
  };
}
