import type { Credential } from '@sluice/provider-kit';
import { isSameLogin } from './is-same-login.js';

const login = (secret: string, details?: Credential['details']): Credential => ({
  kind: 'oauth',
  secret,
  ...(details !== undefined && { details }),
});

describe('isSameLogin', () => {
  it.each<[what: string, one: Credential, other: Credential, isSame: boolean]>([
    ['renewals of one seed', login('a', { seed: '1' }), login('b', { seed: '1', region: 'x' }), true],
    ['logins without a seed', login('a'), login('b', { region: 'x' }), true],
    ['two seeds', login('a', { seed: '1' }), login('a', { seed: '2' }), false],
    ['a seed and none', login('a', { seed: '1' }), login('a'), false],
  ])('%s', (_what, one, other, isSame) => {
    expect([isSameLogin(one, other), isSameLogin(other, one)]).toEqual([isSame, isSame]);
  });
});
