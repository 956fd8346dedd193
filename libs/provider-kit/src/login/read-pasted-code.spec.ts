import { readPastedCode } from './read-pasted-code.js';

describe('readPastedCode', () => {
  it.each([
    ['the code alone', '  abc-123\n'],
    ['the code with its state', 'abc-123#mine'],
    ['the address', 'http://localhost:54545/callback?code=abc-123&state=mine'],
  ])('finds the code in %s', (_name, pasted) => {
    expect(readPastedCode(pasted, 'mine')).toBe('abc-123');
  });

  it.each([
    ['another state', 'abc#theirs', 'It belongs to another login.'],
    ['an address of another login', 'http://localhost:1/c?code=abc&state=theirs', 'It belongs to another login.'],
    ['an address without a state', 'http://localhost:1/c?code=abc', 'It belongs to another login.'],
    ['a refusal', 'http://localhost:1/c?error=access_denied&state=mine', 'The login was refused (access_denied).'],
    ['an address without a code', 'http://localhost:1/c?state=mine', 'There is no code in it.'],
    ['half an address', 'http://', 'There is no code in it.'],
    ['nothing', ' ', 'There is no code in it.'],
    ['a state alone', '#mine', 'There is no code in it.'],
    ['too much', 'x'.repeat(8_193), 'There is no code in it.'],
  ])('refuses %s', (_name, pasted, message) => {
    expect(() => readPastedCode(pasted, 'mine')).toThrow(message);
  });
});
