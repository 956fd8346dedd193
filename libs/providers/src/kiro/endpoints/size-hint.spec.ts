import { withSizeHint } from './size-hint.js';

const REFUSAL = { message: 'Improperly formed request.', reason: null };
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('withSizeHint', () => {
  it('says how large a request was that is refused without a reason', () => {
    expect(JSON.parse(withSizeHint(bytesOf(REFUSAL), 400_000).toString())).toEqual({
      message:
        'Improperly formed request. (The request has 400000 bytes: it may be too long for the model. Shorten the conversation.)',
      reason: null,
    });
  });

  it.each([
    ['of a small request', bytesOf(REFUSAL), 399_999],
    ['with another sentence', bytesOf({ message: 'Input is too long.' }), 400_000],
    ['without a sentence', bytesOf({ reason: 'X' }), 400_000],
    ['that is no JSON', Buffer.from('<html>Improperly formed request.</html>'), 400_000],
  ])('leaves a refusal %s as it is', (_what, body, requestBytes) => {
    expect(withSizeHint(body, requestBytes)).toBe(body);
  });
});
