import { MAX_SESSIONS, SessionBindings } from './session-bindings.js';

const NOW_MS = 1_000_000;
const END_MS = NOW_MS + 60_000;

describe('SessionBindings', () => {
  it('knows a conversation until it was silent for too long', () => {
    const bindings = new SessionBindings();
    bindings.bind('s', 'a', END_MS);

    expect(bindings.find('s', END_MS - 1)).toBe('a');
    expect(bindings.find('s', END_MS)).toBeUndefined();
    expect(bindings.size).toBe(0);
  });

  it('counts from the last request', () => {
    const bindings = new SessionBindings();
    bindings.bind('s', 'a', END_MS);
    bindings.keep('s', 'a', END_MS + 5);

    expect(bindings.find('s', END_MS)).toBe('a');
  });

  it('forgets the conversation that was silent longest when there are too many', () => {
    const bindings = new SessionBindings();
    for (let at = 0; at < MAX_SESSIONS; at += 1) bindings.bind(`s${at}`, 'a', END_MS);
    bindings.keep('s0', 'a', END_MS);

    bindings.bind('one more', 'a', END_MS);

    expect(bindings.size).toBe(MAX_SESSIONS);
    expect(bindings.find('s0', NOW_MS)).toBe('a');
    expect(bindings.find('s1', NOW_MS)).toBeUndefined();
  });

  it('is not unbound by a failure on the account that it has left', () => {
    const bindings = new SessionBindings();
    bindings.bind('s', 'a', END_MS);
    bindings.bind('s', 'b', END_MS);

    bindings.unbind('s', 'a');
    expect(bindings.find('s', NOW_MS)).toBe('b');

    bindings.unbind('s', 'b');
    expect(bindings.find('s', NOW_MS)).toBeUndefined();
  });

  it('counts hits, misses and moves', () => {
    const bindings = new SessionBindings();
    bindings.bind('s', 'a', END_MS);
    bindings.keep('s', 'a', END_MS);
    bindings.bind('s', 'b', END_MS);

    expect(bindings.statistics).toEqual({ hits: 1, misses: 2, rebinds: 1 });
  });
});
