import { GatewayError } from '@sluice/core';
import { clientMessage } from './vendor-error-body.js';

const upstream = { status: 401, message: 'Incorrect API key provided.' };

describe('clientMessage', () => {
  it('says whose key a vendor speaks of', () => {
    const error = new GatewayError({ kind: 'upstream_auth_failed', message: 'Incorrect API key provided.', upstream });

    expect(clientMessage(error)).toBe(
      "The vendor refused the gateway's account, not your key: Incorrect API key provided.",
    );
  });

  it('leaves our own sentence about a login as it is', () => {
    expect(clientMessage(new GatewayError({ kind: 'upstream_auth_failed', message: 'Log in again.' }))).toBe(
      'Log in again.',
    );
  });

  it('leaves other words of a vendor as they are', () => {
    const error = new GatewayError({ kind: 'upstream_rate_limited', message: 'Too fast.', upstream });

    expect(clientMessage(error)).toBe('Too fast.');
  });
});
