import { isOwnWrite, MAX_OWN_WRITES, rememberOwnWrite } from './own-writes.js';
import { digestText } from './source-file.js';

describe('own writes', () => {
  it('are recognised by path and text', () => {
    rememberOwnWrite('/logins/a.json', 'mine');

    expect(isOwnWrite('/logins/../logins/a.json', digestText('mine'))).toBe(true);
    expect(isOwnWrite('/logins/a.json', digestText('theirs'))).toBe(false);
    expect(isOwnWrite('/logins/b.json', digestText('mine'))).toBe(false);
  });

  it('are forgotten when there are too many newer ones', () => {
    rememberOwnWrite('/logins/old.json', 'x');
    for (let count = 0; count < MAX_OWN_WRITES; count += 1) rememberOwnWrite('/logins/new.json', String(count));

    expect(isOwnWrite('/logins/old.json', digestText('x'))).toBe(false);
    expect(isOwnWrite('/logins/new.json', digestText('0'))).toBe(true);
  });
});

describe('digestText', () => {
  it('is SHA-256', () => {
    expect(digestText('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});
