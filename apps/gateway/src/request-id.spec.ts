import { requestIdOf } from './request-id.js';

const MADE = /^req_[0-9a-f]{8}-[0-9a-f-]{27}$/;

describe('requestIdOf', () => {
  it.each(['abc', 'a.b:c-d_9', 'x'.repeat(128)])('takes the caller’s %s', (id) => {
    expect(requestIdOf(id)).toBe(id);
  });

  it.each([undefined, '', 'a b', 'a\nb', '<script>', 'é', 'x'.repeat(129), ['a', 'b']])(
    'makes one of its own instead of %j',
    (header) => {
      expect(requestIdOf(header)).toMatch(MADE);
    },
  );

  it('never makes the same one twice', () => {
    expect(requestIdOf(undefined)).not.toBe(requestIdOf(undefined));
  });
});
