import { withCitedAddress } from './cited-address.js';

describe('withCitedAddress', () => {
  it.each([
    [
      { title: 'A', location: { web: { url: 'https://a.example', domain: 'a.example' } } },
      { title: 'A', location: { web: { url: 'https://a.example', domain: 'a.example' } }, url: 'https://a.example' },
    ],
    [
      { title: 'A', location: { documentChar: { documentIndex: 0, start: 0, end: 1 } } },
      { title: 'A', location: { documentChar: { documentIndex: 0, start: 0, end: 1 } } },
    ],
    [{}, {}],
  ])('of %j is %j', (citation, expected) => {
    expect(withCitedAddress(citation)).toEqual(expected);
  });
});
