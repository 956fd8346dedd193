import { assertJsonContentType } from './content-type.js';

describe('assertJsonContentType', () => {
  it.each([
    undefined,
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/vnd.acme+json',
    'application/json ;v=1',
  ])('takes %s', (type) => {
    expect(() => assertJsonContentType({ 'content-type': type })).not.toThrow();
  });

  it.each(['text/plain', '', 'application/jsonx', 'application/x-www-form-urlencoded', 'text/json'])(
    'refuses %j and says what to send',
    (type) => {
      expect(() => assertJsonContentType({ 'content-type': type })).toThrow('"content-type: application/json"');
    },
  );
});
