import { GatewayError } from '@sluice/core';
import { EventStreamError } from '@sluice/event-stream';
import { invalidAnswer, truncatedAnswer } from './invalid-answer.js';

describe('invalidAnswer', () => {
  it('leaves alone what is already said in our words', () => {
    const error = new GatewayError({ kind: 'upstream_silent', message: 'silence' });

    expect(invalidAnswer(error)).toBe(error);
  });

  it('knows a binary stream that stopped inside a message', () => {
    const cause = new EventStreamError('truncated', 'the stream ended inside a message');

    expect(invalidAnswer(cause)).toMatchObject({ kind: 'upstream_truncated', cause });
  });

  it.each([new EventStreamError('message-crc', 'damaged'), new SyntaxError('secret detail')])(
    'tells the client nothing of %s but that it could not be read',
    (cause) => {
      expect(invalidAnswer(cause)).toMatchObject({
        kind: 'upstream_invalid_response',
        message: "The vendor's answer could not be understood. Try again.",
        cause,
      });
    },
  );
});

describe('truncatedAnswer', () => {
  it('has no cause where nothing broke', () => {
    const error = truncatedAnswer();

    expect(error.kind).toBe('upstream_truncated');
    expect(error.cause).toBeUndefined();
  });
});
