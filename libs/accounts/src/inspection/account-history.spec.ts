import { AccountHistory, MAX_REMEMBERED_ACCOUNTS, type LastFailure } from './account-history.js';

const FAILURE: LastFailure = {
  kind: 'upstream_error',
  message: 'It failed.',
  model: 'm1',
  requestId: 'r-1',
  atMs: 1_000,
};

describe('AccountHistory', () => {
  it('counts how calls have ended, and keeps the last failure', () => {
    const history = new AccountHistory();

    history.failed('a', { ...FAILURE, requestId: 'r-0' });
    history.failed('a', FAILURE);
    history.ended('a', 'completed');
    history.ended('a', 'client-closed');

    expect(history.of('a')).toEqual({
      counts: { completed: 1, failed: 2, broken: 0, 'client-closed': 1 },
      lastFailure: FAILURE,
    });
  });

  it('knows nothing of an account that was not used', () => {
    expect(new AccountHistory().of('a')).toEqual({
      counts: { completed: 0, failed: 0, broken: 0, 'client-closed': 0 },
    });
  });

  it('hands out what does not change any more', () => {
    const history = new AccountHistory();
    history.ended('a', 'completed');

    const before = history.of('a');
    history.ended('a', 'completed');

    expect(before.counts.completed).toBe(1);
  });

  it('forgets accounts that are declared no more', () => {
    const history = new AccountHistory();
    for (const id of ['a', 'b']) history.ended(id, 'completed');

    history.retainOnly(new Set(['b']));

    expect([history.of('a').counts.completed, history.of('b').counts.completed]).toEqual([0, 1]);
  });

  it('is bounded', () => {
    const history = new AccountHistory();
    for (let at = 0; at <= MAX_REMEMBERED_ACCOUNTS; at += 1) history.ended(`a${at}`, 'completed');

    expect([history.of('a0').counts.completed, history.of('a1').counts.completed]).toEqual([0, 1]);
  });
});
