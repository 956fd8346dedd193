import { GatewayError } from '@sluice/provider-kit';
import { LoginLedger, MAX_COUNTED_REFUSALS, MAX_REMEMBERED_LOGINS } from './login-ledger.js';
import type { Refusal, RefusalVerdict } from './refusal.js';

const refusal = (verdict: RefusalVerdict): Refusal => ({
  verdict,
  error: new GatewayError({ kind: 'upstream_auth_failed', message: verdict }),
});

describe('LoginLedger', () => {
  it('73: remembers a dead login until another one takes its place', () => {
    const ledger = new LoginLedger();

    expect(ledger.noteRefusal('a', refusal('dead'))).toMatchObject({ message: 'dead' });

    expect(ledger.verdictOn('a')).toMatchObject({ message: 'dead' });
    expect(ledger.verdictOn('b')).toBeUndefined();
  });

  it('gives a login up after a few refusals in a row', () => {
    const ledger = new LoginLedger();
    for (let time = 1; time < MAX_COUNTED_REFUSALS; time += 1) ledger.noteRefusal('a', refusal('counted'));
    expect(ledger.verdictOn('a')).toBeUndefined();

    ledger.noteRefusal('a', refusal('counted'));

    expect(ledger.verdictOn('a')).toMatchObject({ message: expect.stringContaining('3 times in a row') });
  });

  it('begins to count anew after a success', () => {
    const ledger = new LoginLedger();
    for (let time = 1; time < MAX_COUNTED_REFUSALS; time += 1) ledger.noteRefusal('a', refusal('counted'));
    ledger.noteSuccess('a');

    ledger.noteRefusal('a', refusal('counted'));

    expect(ledger.verdictOn('a')).toBeUndefined();
  });

  it('28: does not count what passes', () => {
    const ledger = new LoginLedger();
    for (let time = 0; time < 10; time += 1) ledger.noteRefusal('a', refusal('passing'));

    expect(ledger.verdictOn('a')).toBeUndefined();
  });

  it('forgets the oldest beyond its bound', () => {
    const ledger = new LoginLedger();
    for (let login = 0; login <= MAX_REMEMBERED_LOGINS; login += 1)
      ledger.noteRefusal(`login ${login}`, refusal('dead'));

    expect(ledger.verdictOn('login 0')).toBeUndefined();
    expect(ledger.verdictOn('login 1')).toBeDefined();
  });
});
