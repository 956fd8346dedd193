import { SnapshotStore, type RuntimeSettings, type RuntimeSnapshot } from '@sluice/config';
import { EMPTY_SNAPSHOT } from '../empty-snapshot.js';

/** A snapshot with these settings and nothing else. */
export function snapshotWith(settings: Partial<RuntimeSettings> = {}, revision = 1): RuntimeSnapshot {
  return { ...EMPTY_SNAPSHOT, revision, settings: { ...EMPTY_SNAPSHOT.settings, ...settings } };
}

export function storeWith(settings: Partial<RuntimeSettings> = {}, revision = 1): SnapshotStore {
  return new SnapshotStore(snapshotWith(settings, revision));
}
