import { redactText } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { pump } from '@sluice/streaming';
import { successHeaders } from './answer-headers.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { AnswerHeaders } from './client-answer.js';
import type { Exchange } from './exchange.js';
import { isEventStream } from './path-options.js';
import { toGatewayError } from './to-gateway-error.js';
import { writeStreamError } from './write-stream-error.js';

/**
 * Passes an answer on while it arrives, whatever it is. Nothing is collected and nothing is looked at. Never rejects.
 * @param secrets what a location must not repeat to the client
 */
export function relayWhole(
  exchange: Exchange,
  reply: UpstreamReply,
  secrets: readonly string[],
): Promise<AttemptOutcome> {
  const { answer, cancellation } = exchange;
  const isStream = isEventStream(reply.headers);
  exchange.status = reply.status;
  answer.begin(reply.status, headersOf(exchange, reply, isStream, secrets));
  return new Promise((resolve) => {
    let hasSettled = false;
    let lastByte: number | undefined;
    let forget = (): void => {};
    const settle = (outcome: AttemptOutcome): void => {
      hasSettled = true;
      forget();
      resolve(outcome);
    };
    const breakOff = (cause: unknown): void => {
      if (hasSettled) return;
      const error = toGatewayError(cause);
      if (isStream) writeStreamError(exchange, error, lastByte !== undefined && lastByte !== LF);
      else answer.destroy(); // a body has no word for failure
      settle({ type: 'broken', error });
    };
    const handle = pump({
      source: reply.body,
      transformer: {
        push: (chunk: Buffer, emit: (item: Buffer) => void) => {
          lastByte = chunk.at(-1) ?? lastByte;
          emit(chunk);
        },
        finish: () => {},
      },
      sink: answer,
      onEnd: () => {
        if (hasSettled) return;
        answer.end();
        settle({ type: 'answered' });
      },
      onError: breakOff,
    });
    forget = cancellation.onCancel((reason) => {
      handle.cancel(reason);
      breakOff(reason);
    });
    if (hasSettled) forget();
  });
}

const LF = 0x0a;

/** Where the answer leads is told where it is a place of ours: another vendor's host would not know the client. */
function headersOf(
  exchange: Exchange,
  reply: UpstreamReply,
  isStream: boolean,
  secrets: readonly string[],
): AnswerHeaders {
  const headers = successHeaders(exchange, reply.headers, isStream);
  const { location } = reply;
  if (location === undefined || redactText(location, secrets) !== location) return headers;
  return { ...headers, location };
}
