import { formatCredentials, parseCredentials } from './credentials-document.js';

const FILE = 'credentials.json';
const idsOf = (text: string) => parseCredentials(text, FILE).entries.map(({ id }) => id);

describe('parseCredentials', () => {
  it.each([
    ['{"refreshToken":"r"}', false, [1]],
    ['[{"refreshToken":"r"}]', true, [1]],
    ['[{"id":7},{},{"id":3},{}]', true, [7, 8, 3, 9]],
    ['[{"id":null},{}]', true, [1, 2]],
    ['[]', true, []],
    ['', true, []],
    ['  \n', true, []],
    ['\uFEFF[{}]', true, [1]],
  ])('%j', (text, isList, ids) => {
    expect(parseCredentials(text, FILE).isList).toBe(isList);
    expect(idsOf(text)).toEqual(ids);
  });

  it.each([
    ['[{"refreshToken":"r"', 'credentials.json is not JSON; another program may be writing it, or it is another file.'],
    ['"aor"', 'credentials.json is neither a login nor a list of logins.'],
    ['[{},"aor"]', 'credentials.json: [1] is not an object with a login.'],
    ['[{"id":1},{"id":1}]', 'credentials.json: [1].id is 1, which [0] has already.'],
    ['[{"id":"one"}]', 'credentials.json: [0].id must be a whole number.'],
  ])('refuses %j and says where', (text, message) => {
    expect(() => parseCredentials(text, FILE)).toThrow(message);
  });
});

describe('formatCredentials', () => {
  it('writes ids out and keeps what it does not know', () => {
    const document = parseCredentials('[{"id":2,"x":{"y":[1]}},{"refreshToken":"r","note":null}]', FILE);
    const [, second] = document.entries;
    if (second === undefined) throw new Error('there are two');

    const text = formatCredentials(document, { ...second, value: { ...second.value, refreshToken: 'q' } });

    expect(JSON.parse(text)).toEqual([
      { id: 2, x: { y: [1] } },
      { id: 3, refreshToken: 'q', note: null },
    ]);
  });

  it('leaves a single login single', () => {
    const document = parseCredentials('{"refreshToken":"r"}', FILE);
    const [only] = document.entries;
    if (only === undefined) throw new Error('there is one');

    expect(formatCredentials(document, { ...only, value: { refreshToken: 'q' } })).toBe(
      '{\n  "refreshToken": "q"\n}\n',
    );
  });
});
