import { BOGUS_MESSAGE_TYPE, BARE_ERROR, EMPTY_MESSAGE, TEXT_EVENT, THROTTLING } from './__fixtures__/frames.js';
import { decodeAll } from './__fixtures__/decode-all.js';
import { readMessageType } from './message-type.js';

function headersOf(bytes: Buffer) {
  return decodeAll([bytes]).messages[0]?.headers ?? {};
}

describe('readMessageType', () => {
  it.each([
    [TEXT_EVENT, 'event'],
    [THROTTLING, 'exception'],
    [BARE_ERROR, 'error'],
    [EMPTY_MESSAGE, 'event'],
  ])('of $about', ({ bytes }, type) => {
    expect(readMessageType(headersOf(bytes))).toBe(type);
  });

  it('refuses any other word', () => {
    const headers = headersOf(BOGUS_MESSAGE_TYPE.bytes);

    expect(() => readMessageType(headers)).toThrow(
      expect.objectContaining({ code: 'message-type', message: 'no message type is called "bogus"' }),
    );
  });

  it('refuses a value that is no text', () => {
    expect(() => readMessageType({ ':message-type': 1 })).toThrow(expect.objectContaining({ code: 'message-type' }));
  });
});
