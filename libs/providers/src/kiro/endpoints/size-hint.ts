import { isJsonObject } from '@sluice/core';

/** From this size on a conversation may be too long for a window of 200 000 tokens. */
export const LARGE_REQUEST_BYTES = 400_000;

const UNSAID = /improperly formed request/i;

/**
 * Some models refuse a conversation that is too long with the words for every wrong request. Where the request is large, the
 * refusal says so; what it stands for is not changed by that.
 * @param body of the refusal
 */
export function withSizeHint(body: Buffer, requestBytes: number): Buffer {
  if (requestBytes < LARGE_REQUEST_BYTES) return body;
  const value = parse(body);
  const message = value?.['message'];
  if (value === undefined || typeof message !== 'string' || !UNSAID.test(message)) return body;
  const hint = `The request has ${requestBytes} bytes: it may be too long for the model. Shorten the conversation.`;
  return Buffer.from(JSON.stringify({ ...value, message: `${message} (${hint})` }));
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // a page of a proxy, which goes on as it is
  }
}
