import { Gate, type GateOptions } from './gate.js';

describe('Gate', () => {
  it('passes what a check lets pass, without a promise when the check has none', () => {
    const { gate, log } = gateBench({ check: (items) => items.filter((item) => item !== 'bad') });

    gate.write(['a', 'bad', 'b']);
    gate.write(['bad']);
    gate.end();

    expect(log).toEqual(['data a,b', 'end']);
  });

  it('checks one batch at a time, together what came meanwhile, and keeps the order', async () => {
    const checks = new ScriptedChecks();
    const { gate, log } = gateBench({ check: checks.check });

    gate.write(['a']);
    gate.write(['b', 'c']);
    gate.write(['d']);
    gate.end();
    expect(checks.batches).toEqual([['a']]);
    await checks.answer(['a']);
    expect(checks.batches).toEqual([['a'], ['b', 'c', 'd']]);
    await checks.answer(['b', 'd']);

    expect(log).toEqual(['data a', 'data b,d', 'end']);
  });

  it('keeps what is written before it is started', () => {
    const { gate, log, listener } = gateBench({ check: (items) => items, isStarted: false });
    gate.write(['a']);
    gate.end();

    gate.start(listener);

    expect(log).toEqual(['data a', 'end']);
  });

  describe('backpressure', () => {
    it('is full at maxQueuedItems and tells when the queue has moved on', async () => {
      const checks = new ScriptedChecks();
      const { gate, log } = gateBench({ check: checks.check, maxQueuedItems: 2 });
      gate.onDrain(() => log.push('drain'));

      expect(gate.write(['being checked'])).toBe(true);
      expect(gate.write(['a'])).toBe(true);
      expect(gate.write(['b'])).toBe(false);
      await checks.answer(['being checked']);

      expect(log).toEqual(['data being checked', 'drain']);
    });

    it('keeps the order when the producer writes while it is told', () => {
      const { gate, log, listener } = gateBench({ check: (items) => items, maxQueuedItems: 1, isStarted: false });
      gate.onDrain(() => gate.write(['b']));
      gate.write(['a']);

      gate.start(listener);

      expect(log).toEqual(['data a', 'data b']);
    });

    it('checks and passes nothing while it is paused', async () => {
      const checks = new ScriptedChecks();
      const { gate, log } = gateBench({ check: checks.check });

      gate.write(['a']);
      gate.write(['b']);
      gate.pause();
      await checks.answer(['a']);
      expect(log).toEqual([]);
      expect(checks.batches).toEqual([['a']]);
      gate.resume();

      expect(log).toEqual(['data a']);
      expect(checks.batches).toEqual([['a'], ['b']]);
    });
  });

  describe('failure', () => {
    it('of a check ends the stream', async () => {
      const checks = new ScriptedChecks();
      const { gate, log } = gateBench({ check: checks.check });
      gate.write(['a']);
      gate.write(['b']);

      await checks.refuse('policy is down');
      gate.write(['c']);
      gate.end();

      expect(log).toEqual(['error policy is down']);
      expect(checks.batches).toEqual([['a']]);
    });

    it('of a synchronous check does, too', () => {
      const { gate, log } = gateBench({
        check: () => {
          throw new Error('defect');
        },
      });

      gate.write(['a']);

      expect(log).toEqual(['error Error: defect']);
    });

    it('of what feeds the gate keeps its place behind the items', async () => {
      const checks = new ScriptedChecks();
      const { gate, log } = gateBench({ check: checks.check });
      gate.write(['a']);

      gate.fail('reset');
      gate.end();
      expect(log).toEqual([]);
      await checks.answer(['a']);

      expect(log).toEqual(['data a', 'error reset']);
    });
  });

  describe('cancel', () => {
    it.each(['answer', 'refuse'] as const)('makes the %s of a running check meaningless', async (outcome) => {
      const checks = new ScriptedChecks();
      const { gate, log } = gateBench({ check: checks.check });
      gate.write(['a']);
      gate.write(['b']);

      gate.cancel();
      await (outcome === 'answer' ? checks.answer(['a']) : checks.refuse('late'));
      gate.write(['c']);
      gate.end();

      expect(log).toEqual([]);
      expect(checks.batches).toEqual([['a']]);
    });
  });
});

/** Checks that are answered by the test. */
class ScriptedChecks {
  readonly batches: (readonly string[])[] = [];
  #settle: { resolve(items: readonly string[]): void; reject(error: unknown): void } | undefined;

  readonly check = (items: readonly string[]): Promise<readonly string[]> => {
    this.batches.push(items);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  };

  async answer(items: readonly string[]): Promise<void> {
    this.#settle?.resolve(items);
    await settled();
  }

  async refuse(error: unknown): Promise<void> {
    this.#settle?.reject(error);
    await settled();
  }
}

/** Two turns of the microtask queue: the answer, and what the gate does with it. */
async function settled(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
}

function gateBench({ isStarted = true, ...options }: GateOptions<string> & { readonly isStarted?: boolean }) {
  const log: string[] = [];
  const gate = new Gate<string>(options);
  const listener = {
    onData: (items: readonly string[]) => log.push(`data ${items.join(',')}`),
    onEnd: () => log.push('end'),
    onError: (error: unknown) => log.push(`error ${String(error)}`),
  };
  if (isStarted) gate.start(listener);
  return { gate, log, listener };
}
