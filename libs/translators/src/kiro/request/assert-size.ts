import { GatewayError } from '@sluice/core';
import type { KiroRequest, UserInput } from '../wire-types.js';

/**
 * Larger bodies are refused here, where the vendor would only call them improperly formed. An account may say otherwise by
 * the dialect's `maxRequestBodyBytes`; 0 = no limit.
 */
export const MAX_REQUEST_BODY_BYTES = 400_000;

/** Limits of the service itself, which hold whatever the account says. */
export const MAX_CONTENT_BYTES = 600_000;
export const MAX_TOOL_RESULT_BYTES = 800_000;
export const MAX_HISTORY_ENTRIES = 10_000;

/**
 * Nothing is ever left out to make a conversation fit: clients compact it themselves when they are told, and they recognise
 * the vendor's words.
 * @throws GatewayError `upstream_context_length`
 */
export function assertSize({ conversationState }: KiroRequest, body: Buffer, maxBodyBytes: number): void {
  const { currentMessage, history = [] } = conversationState;
  const { content } = currentMessage.userInputMessage;
  if (maxBodyBytes > 0 && body.length > maxBodyBytes) {
    throw tooLong(`${body.length} bytes; the account allows ${maxBodyBytes}`);
  }
  if (history.length > MAX_HISTORY_ENTRIES) {
    throw tooLong(`${history.length} turns of history; the service allows ${MAX_HISTORY_ENTRIES}`);
  }
  if (body.length <= MAX_CONTENT_BYTES) return; // no part is larger than the whole
  const contentBytes = Buffer.byteLength(content);
  if (contentBytes > MAX_CONTENT_BYTES) {
    throw tooLong(`${contentBytes} bytes in one message; the service allows ${MAX_CONTENT_BYTES}`);
  }
  const inputs = history.flatMap((entry) => ('userInputMessage' in entry ? [entry.userInputMessage] : []));
  for (const bytes of [...inputs, currentMessage.userInputMessage].flatMap(resultSizes)) {
    if (bytes <= MAX_TOOL_RESULT_BYTES) continue;
    throw tooLong(`${bytes} bytes in one tool result; the service allows ${MAX_TOOL_RESULT_BYTES}`);
  }
}

function resultSizes({ userInputMessageContext: { toolResults = [] } = {} }: UserInput): readonly number[] {
  return toolResults.map(({ content }) => content.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0));
}

function tooLong(detail: string): GatewayError {
  const message = `Input is too long for model context window. (${detail}.)`;
  return new GatewayError({ kind: 'upstream_context_length', message });
}
