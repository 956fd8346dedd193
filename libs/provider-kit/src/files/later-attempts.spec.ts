import { FIRST_LATER_MS, LaterAttempts, LONGEST_LATER_MS, MAX_WAITING_ATTEMPTS } from './later-attempts.js';

/** Calls what was to be called later when it is told to. */
function setUp() {
  const calls: { readonly ms: number; readonly call: () => void }[] = [];
  const attempts = new LaterAttempts((ms, call) => {
    const entry = { ms, call };
    calls.push(entry);
    return () => void calls.splice(calls.indexOf(entry), 1);
  });
  const pass = async (): Promise<number> => {
    const [next] = calls.splice(0, 1);
    next?.call();
    await attempts.tryNow();
    return next?.ms ?? 0;
  };
  return { attempts, calls, pass };
}

describe('LaterAttempts', () => {
  it('tries again until it succeeds, less and less often', async () => {
    const { attempts, calls, pass } = setUp();
    let tries = 0;
    attempts.add('a', async () => {
      tries += 1;
      if (tries < 9) throw new Error('disk full');
    });

    const pauses: number[] = [];
    for (let count = 0; count < 9; count += 1) pauses.push(await pass());

    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
    expect([FIRST_LATER_MS, LONGEST_LATER_MS]).toEqual([5_000, 300_000]);
    expect(tries).toBe(9);
    expect(attempts.has('a')).toBe(false);
    expect(calls).toEqual([]);
  });

  it('begins with the short pause again after a success', async () => {
    const { attempts, calls, pass } = setUp();
    attempts.add('a', async () => {});
    await pass();

    attempts.add('a', async () => {});

    expect(calls.map(({ ms }) => ms)).toEqual([FIRST_LATER_MS]);
  });

  it('tries only what is newest, and nothing that was taken back', async () => {
    const { attempts, calls, pass } = setUp();
    const tried: string[] = [];
    attempts.add('a', async () => void tried.push('old'));
    attempts.add('a', async () => void tried.push('new'));
    attempts.add('b', async () => void tried.push('b'));
    attempts.delete('b');

    await pass();

    expect(tried).toEqual(['new']);
    expect(calls).toEqual([]);
  });

  it('keeps what was added while it tries', async () => {
    const { attempts, calls, pass } = setUp();
    attempts.add('a', async () => attempts.add('a', async () => {}));

    await pass();

    expect(attempts.has('a')).toBe(true);
    expect(calls).toHaveLength(1);
  });

  it('lets one failure stand in nobody’s way', async () => {
    const { attempts, pass } = setUp();
    const tried: string[] = [];
    attempts.add('a', () => Promise.reject(new Error('disk full')));
    attempts.add('b', async () => void tried.push('b'));

    await pass();

    expect(tried).toEqual(['b']);
    expect([attempts.has('a'), attempts.has('b')]).toEqual([true, false]);
  });

  it('tries once more at the end, and waits no longer than it may', async () => {
    const { attempts } = setUp();
    const end = new AbortController();
    let tries = 0;
    attempts.add('a', () => {
      tries += 1;
      end.abort();
      return new Promise(() => {}); // a disk that does not answer
    });

    await attempts.lastTry(end.signal);

    expect(tries).toBe(1);
  });

  it('holds no more than its bound, and gives up the oldest', () => {
    const { attempts } = setUp();
    for (let count = 0; count <= MAX_WAITING_ATTEMPTS; count += 1) attempts.add(String(count), async () => {});

    expect([attempts.has('0'), attempts.has('1')]).toEqual([false, true]);
  });
});
