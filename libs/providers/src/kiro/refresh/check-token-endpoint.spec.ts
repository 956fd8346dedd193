import { checkTokenEndpoint } from './check-token-endpoint.js';

describe('checkTokenEndpoint', () => {
  it.each([
    'https://login.microsoftonline.com/t/oauth2/v2.0/token',
    'https://login.microsoftonline.us/t/oauth2/v2.0/token',
    'https://login.partner.microsoftonline.cn/t/oauth2/v2.0/token',
  ])('trusts %s', (address) => {
    expect(checkTokenEndpoint(address)).toBeUndefined();
  });

  it.each([
    ['http://login.microsoftonline.com/token', /not an https/],
    ['https://evilmicrosoftonline.com/token', /none of the hosts/],
    ['https://login.microsoftonline.com.evil.example/token', /none of the hosts/],
    ['https://127.0.0.1/token', /none of the hosts/],
    ['https://login.microsoftonline.com@evil.example/token', /a name or a password/],
    ['login.microsoftonline.com', /not a URL/],
  ])('does not trust %s', (address, why) => {
    expect(checkTokenEndpoint(address)).toMatch(why);
  });
});
