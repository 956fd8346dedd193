import { BehaviourError, readBehaviourHeader, splitModel } from './read-behaviour.js';

describe('readBehaviourHeader', () => {
  it('reads key=value pairs; a key alone is true', () => {
    expect(readBehaviourHeader('status=429, retryAfter=7,truncate')).toEqual({
      status: 429,
      retryAfter: '7',
      truncate: true,
    });
  });

  it('decodes percent-encoded values', () => {
    expect(readBehaviourHeader('text=one%2C%20two')).toEqual({ text: 'one, two' });
  });

  it('reads a JSON object', () => {
    expect(readBehaviourHeader('{"delayMs":5,"hang":false,"headers":{"x-a":"1"},"body":"a,b=c"}')).toEqual({
      delayMs: 5,
      hang: false,
      headers: { 'x-a': '1' },
      body: 'a,b=c',
    });
  });

  it.each([
    ['an unknown key', 'colour=red', 'unknown behaviour "colour"; known are status'],
    ['a replay, which only scripts have', '{"replay":{"chunks":[]}}', 'unknown behaviour "replay"'],
    ['an inherited member', 'constructor=1', 'unknown behaviour "constructor"'],
    ['a status that is none', 'status=9', 'status must be a whole number from 200 to 599, not "9"'],
    ['a number that is none', 'chunks=many', 'chunks must be a whole number'],
    ['an empty number', 'delayMs', 'delayMs must be a whole number'],
    ['a delay without end', 'delayMs=999999999', 'from 0 to 600000'],
    ['a flag that is none', 'hang=maybe', 'hang must be true or false'],
    ['a moment that is none', 'errorInStream=later', 'errorInStream must be before or after'],
    ['broken JSON', '{"status":', 'x-mock is not valid JSON'],
    ['a header name that cannot be sent', '{"headers":{"a b":"1"}}', '"a b" cannot be sent as a header'],
    ['a header value that cannot be sent', 'retryAfter=1%0A2', '"retryAfter" cannot be sent as a header'],
    ['headers that are no object', 'headers=[]', 'headers must be a JSON object'],
  ])('refuses %s', (_, header, message) => {
    const read = (): unknown => readBehaviourHeader(header);

    expect(read).toThrow(BehaviourError);
    expect(read).toThrow(message);
  });
});

describe('splitModel', () => {
  it('separates the plain name from the behaviour', () => {
    expect(splitModel('vendor/demo?status=529&message=too%20busy')).toEqual({
      model: 'vendor/demo',
      behaviour: { status: 529, message: 'too busy' },
    });
  });

  it('leaves a plain name alone', () => {
    expect(splitModel('demo')).toEqual({ model: 'demo', behaviour: {} });
  });
});
