import { MAX_SCRIPT_ENTRIES, MockScript } from './mock-script.js';
import type { MockRequest } from './mock-request.js';

const request = (path: string): MockRequest => ({
  sequence: 1,
  connectionId: 1,
  method: 'POST',
  path,
  query: '',
  headers: {},
  body: Buffer.alloc(0),
});

describe('MockScript', () => {
  describe('take', () => {
    it('uses the queue up in order, then says nothing', () => {
      const script = new MockScript();
      script.enqueue({ status: 429 });
      script.enqueue({ status: 500 });

      expect([1, 2, 3].map(() => script.take(request('/a')))).toEqual([{ status: 429 }, { status: 500 }, {}]);
      expect(script.isEmpty).toBe(true);
    });

    it('applies a rule to matching requests for as long as it stands', () => {
      const script = new MockScript();
      const remove = script.addRule(({ path }) => path === '/a', { status: 503 });

      expect([script.take(request('/a')), script.take(request('/b')), script.take(request('/a'))]).toEqual([
        { status: 503 },
        {},
        { status: 503 },
      ]);

      remove();

      expect(script.take(request('/a'))).toEqual({});
    });

    it('lets later rules win over earlier ones, and the queue over both', () => {
      const script = new MockScript();
      script.addRule(() => true, { status: 400, message: 'first', delayMs: 1 });
      script.addRule(() => true, { status: 401, message: 'second' });
      script.enqueue({ status: 402 });

      expect(script.take(request('/a'))).toEqual({ status: 402, message: 'second', delayMs: 1 });
    });
  });

  it('has a bound', () => {
    const script = new MockScript();
    for (let index = 0; index < MAX_SCRIPT_ENTRIES; index += 1) script.enqueue({});

    expect(() => script.enqueue({})).toThrow(RangeError);
    expect(() => script.addRule(() => true, {})).toThrow(RangeError);
    expect(script.waiting).toBe(10_000);
  });
});
