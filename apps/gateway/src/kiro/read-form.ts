import type { IncomingMessage } from 'node:http';
import { GatewayError, isJsonObject, type JsonObject } from '@sluice/core';
import { readRawBody } from '@sluice/express-adapter';

const LIMITS = { maxBytes: 64 * 1024, timeoutMs: 10_000 };
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** The members of a small body: a JSON object, or a form of a web page. @throws GatewayError */
export async function readForm(request: IncomingMessage): Promise<JsonObject> {
  const text = (await readRawBody(request, LIMITS)).toString();
  if (FORM.test(request.headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(text));
  const value = parse(text);
  if (isJsonObject(value)) return value;
  throw new GatewayError({ kind: 'invalid_request', message: 'The body must be a JSON object.' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // said by the caller
  }
}
