import type { SnapshotStore } from '@sluice/config';
import type { InFlight } from '@sluice/dispatch';

/** Whether new requests should be sent here. */
export class Readiness {
  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly inFlight: InFlight,
  ) {}

  /** What is missing, as sentences; empty = ready. */
  missing(): readonly string[] {
    const missing: string[] = [];
    if (this.snapshots.current.revision === 0) missing.push('no configuration has been loaded yet');
    if (this.inFlight.isDraining) missing.push('the process is draining before it stops');
    return missing;
  }
}
