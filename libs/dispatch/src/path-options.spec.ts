import { isEventStream } from './path-options.js';

describe('isEventStream', () => {
  it.each([
    ['text/event-stream', true],
    ['Text/Event-Stream; charset=utf-8', true],
    ['text/event-streams', false],
    ['application/json', false],
    [undefined, false],
  ])('content type %s: %s', (contentType, expected) => {
    expect(isEventStream(contentType === undefined ? {} : { 'content-type': contentType })).toBe(expected);
  });
});
