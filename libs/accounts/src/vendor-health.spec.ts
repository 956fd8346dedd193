import { declareAccount } from './__fixtures__/declare-account.js';
import { vendorOf } from './vendor-health.js';

describe('vendorOf', () => {
  it.each([
    [{}, 'acme'],
    [{ baseUrl: 'https://api.acme.example:8443/v1', apiKey: 'k' }, 'acme (api.acme.example:8443)'],
    [{ baseUrl: 'no address' }, 'acme'],
    [{ region: 'eu-west-1' }, 'acme (eu-west-1)'],
  ])('tells hosts apart by the settings %j', (settings, vendor) => {
    expect(vendorOf(declareAccount('a', {}, { settings }))).toBe(vendor);
  });
});
