import { isJsonObject, type JsonObject, type WireHeaders } from '@sluice/core';
import { mergeHeaders } from '../headers/merge-headers.js';
import { requestJson } from '../http/request-json.js';
import { LoginFailure } from './login-failure.js';
import type { LoginTools } from './login-tools.js';

/** The answer to one step of a login. */
export interface LoginReply {
  readonly status: number;
  /** Empty where the body was no JSON object. */
  readonly body: JsonObject;
}

const SHOWN_CHARACTERS = 200;

/** One step of a login: JSON there, or a form, and JSON back. @throws GatewayError when the vendor cannot be reached */
export async function takeLoginStep(
  { http, account, signal }: Pick<LoginTools, 'http' | 'account' | 'signal'>,
  step: { readonly url: string; readonly headers: WireHeaders; readonly body: JsonObject | URLSearchParams },
): Promise<LoginReply> {
  const { url, headers, body } = step;
  const reply = await requestJson(http, {
    method: 'POST',
    url,
    headers: mergeHeaders(headers),
    body,
    transport: account.transport,
    signal,
  });
  return { status: reply.status, body: isJsonObject(reply.value) ? reply.value : {} };
}

/** @throws LoginFailure when the vendor refused the step */
export function grantedBody(reply: LoginReply, step: string): JsonObject {
  if (reply.status === 200) return reply.body;
  throw new LoginFailure(`${step} was refused (${reply.status}${reasonOf(reply.body)}).`);
}

/** @throws LoginFailure when the answer lacks it */
export function requiredText(body: JsonObject, name: string, step: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new LoginFailure(`${step} was answered without ${name}.`);
}

/** Undefined = it is not there, or no positive number. */
export function positiveNumber(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** What a refusal is called, where its body says so in the words of OAuth. */
export function oauthErrorOf(body: JsonObject): string | undefined {
  const { error } = body;
  return typeof error === 'string' ? error : undefined;
}

/** The vendor's own words, within a bound: what stands in such a body is meant for people. */
function reasonOf(body: JsonObject): string {
  const words = [body['error'], body['error_description'] ?? body['message']].filter(
    (word) => typeof word === 'string',
  );
  return words.length === 0 ? '' : `: ${words.join(', ').slice(0, SHOWN_CHARACTERS)}`;
}
