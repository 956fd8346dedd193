import { candidatesOf } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { AccountLedger } from './account-ledger.js';
import { AccountState } from './account-state.js';
import { Roster } from './roster.js';
import { MAX_REMEMBERED_SEATS, ROSTER_OVERHEAD_SEATS, RosterShelf } from './roster-shelf.js';

const SEATS = 984;
const CANDIDATES = candidatesOf(Array.from({ length: SEATS }, (_, at) => declareAccount(`a${at}`)));

function rosterOf(): Roster {
  const ledger = new AccountLedger();
  const state = new AccountState(ledger);
  return new Roster({
    candidates: CANDIDATES,
    strategy: 'round-robin',
    owner: undefined,
    ledger,
    seatOf: (candidate) => ({ candidate, state, vendor: undefined }),
  });
}

describe('RosterShelf', () => {
  it('remembers rosters up to a number of seats, and forgets the oldest first', () => {
    const shelf = new RosterShelf();
    const roster = rosterOf();
    const room = MAX_REMEMBERED_SEATS / (SEATS + ROSTER_OVERHEAD_SEATS);
    const lists = Array.from({ length: room + 1 }, () => [...CANDIDATES]);

    for (const list of lists) shelf.put(list, roster);

    expect(lists.map((list) => shelf.get(list) === roster)).toEqual([false, ...Array(room).fill(true)]);
  });

  it('keeps one roster for a list', () => {
    const shelf = new RosterShelf();
    const [first, second] = [rosterOf(), rosterOf()];
    shelf.put(CANDIDATES, first);
    shelf.put(CANDIDATES, second);

    expect(shelf.get(CANDIDATES)).toBe(second);
    shelf.clear();
    expect(shelf.get(CANDIDATES)).toBeUndefined();
  });
});
