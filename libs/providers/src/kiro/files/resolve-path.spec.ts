import { resolvePath } from './resolve-path.js';

describe('resolvePath', () => {
  it.each([
    ['~/.kiro/data.db', '/users/me/.kiro/data.db'],
    ['~', '/users/me'],
    ['/abs/a.json', '/abs/a.json'],
    ['./a.json', '/etc/sluice/a.json'],
    ['a/~b.json', '/etc/sluice/a/~b.json'],
  ])('%s is %s', (path, resolved) => {
    expect(resolvePath(path, '/etc/sluice', '/users/me')).toBe(resolved);
  });
});
