import { formatPath, valueAt, withValueAt } from './path.js';

describe('formatPath', () => {
  it.each([
    [[], ''],
    [['server', 'port'], 'server.port'],
    [['accounts', 1, 'baseUrl'], 'accounts[1].baseUrl'],
    [['headers', 'x-team'], 'headers.x-team'],
    [['headers', 'two words'], 'headers["two words"]'],
  ])('writes %j as %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('valueAt', () => {
  it('finds members and items', () => {
    expect(valueAt({ accounts: [{ id: 'a' }, { id: 'b' }] }, ['accounts', 1, 'id'])).toBe('b');
  });

  it('finds nothing where the path leads nowhere or to what every object inherits', () => {
    expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});

describe('withValueAt', () => {
  it('sets a value in a copy and makes the mappings on the way', () => {
    const root = Object.freeze({ server: Object.freeze({ host: 'h' }) });

    expect(withValueAt(root, ['server', 'port'], 1)).toEqual({ server: { host: 'h', port: 1 } });
    expect(withValueAt(root, ['logging', 'level'], 'info')).toEqual({
      server: { host: 'h' },
      logging: { level: 'info' },
    });
  });
});
