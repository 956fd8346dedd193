import type { CanonicalEvent, CanonicalRequest, FinishReason, SseFrame } from '@sluice/core';
import { encodeResponse } from './encode-response.js';
import { ResponsesStreamEncoder } from './stream-encoder.js';

const CONTEXT = { requestId: 'r', createdAtSeconds: 1, requestedModel: 'm', upstreamModel: 'm', dialect: {} };
const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const BROKEN: FinishReason = { unified: 'error', raw: 'MALFORMED_FUNCTION_CALL' };
const FAILED = {
  status: 'failed',
  error: {
    code: 'server_error',
    message: "The vendor could not make anything of the model's answer (MALFORMED_FUNCTION_CALL). Ask again.",
  },
};

describe('an answer that its vendor calls broken', () => {
  it('has failed, and says why', () => {
    expect(encodeResponse({ id: 'x', model: 'm', content: [], finishReason: BROKEN }, CONTEXT)).toMatchObject(FAILED);
  });

  it('ends its stream as a failed one', () => {
    const encoder = new ResponsesStreamEncoder(REQUEST, CONTEXT);
    const frames: SseFrame[] = [];
    const events: CanonicalEvent[] = [
      { type: 'response-start', id: 'x', model: 'm' },
      { type: 'response-end', finishReason: BROKEN },
    ];
    for (const event of events) encoder.push(event, (frame) => frames.push(frame));

    expect(frames.at(-1)?.event).toBe('response.failed');
    expect(JSON.parse(frames.at(-1)?.data ?? '')).toMatchObject({ type: 'response.failed', response: FAILED });
  });

  it('has no error where it came to its end', () => {
    const finishReason: FinishReason = { unified: 'stop' };

    expect(encodeResponse({ id: 'x', model: 'm', content: [], finishReason }, CONTEXT)).toMatchObject({
      status: 'completed',
      error: null,
    });
  });
});
