import { EventEmitter } from 'node:events';
import { stopOnSignals, type SignalledProcess } from './stop-on-signals.js';

/** A process that a spec can signal. */
class FakeProcess extends EventEmitter {
  readonly exits: (number | string | null | undefined)[] = [];

  exit(code?: number | string | null): never {
    this.exits.push(code);
    return undefined as never; // the real one does not come back
  }

  get target(): SignalledProcess {
    return this as unknown as SignalledProcess;
  }
}

describe('stopOnSignals', () => {
  it.each(['SIGTERM', 'SIGINT'])('stops on %s, and then listens no more', async (signal) => {
    const process = new FakeProcess();
    let stops = 0;
    const stopping = stopOnSignals(() => Promise.resolve(void (stops += 1)), process.target);

    const stopsBefore = stops;
    process.emit(signal);
    await stopping;

    expect([stopsBefore, stops]).toEqual([0, 1]);
    expect(process.listenerCount('SIGTERM') + process.listenerCount('SIGINT')).toBe(0);
    expect(process.exits).toEqual([]);
  });

  it('ends the process at the second signal', () => {
    const process = new FakeProcess();
    void stopOnSignals(() => new Promise(() => {}), process.target);

    process.emit('SIGINT');
    const exitsBefore = [...process.exits];
    process.emit('SIGTERM');

    expect(exitsBefore).toEqual([]);
    expect(process.exits).toEqual([130]);
  });

  it('fails as the stop fails, and listens no more', async () => {
    const process = new FakeProcess();
    const stopping = stopOnSignals(() => Promise.reject(new Error('stuck')), process.target);

    process.emit('SIGTERM');

    await expect(stopping).rejects.toThrow('stuck');
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
