import fc from 'fast-check';
import { CIRCUIT_WINDOW_MS, CircuitBreaker, MAX_PROBE_MS, PROBE_WAIT_MS } from './circuit-breaker.js';

const NOW_MS = 1_000_000;
const SETTINGS = { enabled: true, failures: 5, openMs: 30_000 };

/** So many calls that fail at once. */
function fail(circuit: CircuitBreaker, times: number, nowMs = NOW_MS): void {
  for (let at = 0; at < times; at += 1) circuit.fail(nowMs, nowMs, SETTINGS);
}

function openCircuit(): CircuitBreaker {
  const circuit = new CircuitBreaker();
  fail(circuit, SETTINGS.failures);
  return circuit;
}

/** One that has been open long enough, with its probe under way since `NOW_MS + openMs`. */
function probingCircuit(): CircuitBreaker {
  const circuit = openCircuit();
  circuit.begin(NOW_MS + SETTINGS.openMs);
  return circuit;
}

const PROBE_MS = NOW_MS + SETTINGS.openMs;

describe('CircuitBreaker', () => {
  describe('closed', () => {
    it('lets calls through until enough have failed', () => {
      const circuit = new CircuitBreaker();
      fail(circuit, SETTINGS.failures - 1);
      expect(circuit.admits(NOW_MS)).toBe(true);

      fail(circuit, 1);

      expect(circuit.admits(NOW_MS)).toBe(false);
      expect(circuit.stateAt(NOW_MS)).toBe('open');
      expect(circuit.retryAtMs(NOW_MS)).toBe(NOW_MS + 30_000);
    });

    it('stays closed while more than half of all calls succeed', () => {
      const circuit = new CircuitBreaker();
      for (let at = 0; at < 100; at += 1) {
        circuit.succeed(NOW_MS, NOW_MS);
        circuit.succeed(NOW_MS, NOW_MS);
        fail(circuit, 1);
      }

      expect(circuit.stateAt(NOW_MS)).toBe('closed');
    });

    it('forgets failures of long ago', () => {
      const circuit = new CircuitBreaker();
      fail(circuit, SETTINGS.failures - 1);

      fail(circuit, SETTINGS.failures - 1, NOW_MS + CIRCUIT_WINDOW_MS);

      expect(circuit.stateAt(NOW_MS + CIRCUIT_WINDOW_MS)).toBe('closed');
    });
  });

  describe('half-open', () => {
    it('lets one probe through', () => {
      const circuit = openCircuit();
      expect(circuit.stateAt(PROBE_MS)).toBe('half-open');
      expect(circuit.admits(PROBE_MS)).toBe(true);

      circuit.begin(PROBE_MS);

      expect(circuit.admits(PROBE_MS)).toBe(false);
      expect(circuit.retryAtMs(PROBE_MS)).toBe(PROBE_MS + PROBE_WAIT_MS);
    });

    it('closes when the probe succeeds, and has forgotten what was', () => {
      const circuit = probingCircuit();

      circuit.succeed(PROBE_MS, PROBE_MS + 1);
      fail(circuit, SETTINGS.failures - 1, PROBE_MS + 2);

      expect(circuit.stateAt(PROBE_MS + 2)).toBe('closed');
    });

    it('opens again when the probe fails', () => {
      const circuit = probingCircuit();

      circuit.fail(PROBE_MS, PROBE_MS + 5, SETTINGS);

      expect(circuit.admits(PROBE_MS + 6)).toBe(false);
      expect(circuit.retryAtMs(PROBE_MS + 6)).toBe(PROBE_MS + 5 + 30_000);
    });

    it('learns nothing from calls that were begun before it opened', () => {
      const circuit = probingCircuit();

      circuit.succeed(NOW_MS - 1, PROBE_MS + 1);
      circuit.fail(NOW_MS - 1, PROBE_MS + 1, SETTINGS);

      expect(circuit.stateAt(PROBE_MS + 1)).toBe('half-open');
      expect(circuit.admits(PROBE_MS + 1)).toBe(false);
    });

    it.each([
      ['was given up', (circuit: CircuitBreaker) => circuit.abandon(PROBE_MS), PROBE_MS + 1],
      ['never came back', () => undefined, PROBE_MS + MAX_PROBE_MS],
    ])('sends another probe when the first %s', (_what, act, nowMs) => {
      const circuit = probingCircuit();

      act(circuit);

      expect(circuit.admits(nowMs)).toBe(true);
    });
  });

  it('always lets a call through in the end, and never two probes at once', () => {
    const step = fc.record({ fails: fc.boolean(), pauseMs: fc.nat(20_000) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const circuit = new CircuitBreaker();
        let nowMs = NOW_MS;
        for (const { fails, pauseMs } of steps) {
          nowMs += pauseMs;
          if (!circuit.admits(nowMs)) continue;
          const wasClosed = circuit.stateAt(nowMs) === 'closed';
          circuit.begin(nowMs);
          expect(circuit.admits(nowMs)).toBe(wasClosed);
          if (fails) circuit.fail(nowMs, nowMs, SETTINGS);
          else circuit.succeed(nowMs, nowMs);
        }
        expect(circuit.admits(nowMs + SETTINGS.openMs)).toBe(true);
      }),
    );
  });
});
