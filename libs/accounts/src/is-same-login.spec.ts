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
    ['a login that has taken another over', login('a', { seed: '1 2' }), login('b', { seed: '2' }), true],
    ['two that share none of their seeds', login('a', { seed: '1 2' }), login('b', { seed: '3 4' }), false],
    ['a seed that only begins like another', login('a', { seed: '12' }), login('b', { seed: '1 2' }), false],
    ['a seed and none', login('a', { seed: '1' }), login('a'), false],
  ])('%s', (_what, one, other, isSame) => {
    expect([isSameLogin(one, other), isSameLogin(other, one)]).toEqual([isSame, isSame]);
  });
});
