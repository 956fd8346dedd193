import { configurationOf } from './__fixtures__/load-text.js';
import { buildSnapshot } from './build-snapshot.js';
import { SnapshotStore } from './snapshot-store.js';

const snapshot = async (revision: number) =>
  buildSnapshot(await configurationOf('server: { allowUnauthenticated: true }'), [], revision);

describe('SnapshotStore', () => {
  it('swaps the snapshot as a whole and tells its listeners', async () => {
    const store = new SnapshotStore(await snapshot(1));
    const seen: number[] = [];
    store.onReplace(({ revision }) => seen.push(revision));

    store.replace(await snapshot(2));

    expect(store.current.revision).toBe(2);
    expect(seen).toEqual([2]);
  });

  it('does not tell who no longer listens', async () => {
    const store = new SnapshotStore(await snapshot(1));
    const seen: number[] = [];
    const stop = store.onReplace(({ revision }) => seen.push(revision));

    stop();
    store.replace(await snapshot(2));

    expect(seen).toEqual([]);
  });
});
