import type { IncomingMessage } from 'node:http';
import { extractClientKeys, type Authenticator } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import type { ClientAddresses } from './client-addresses.js';
import { isLocalCaller } from './local-caller.js';

export interface MetricsAccessDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
  readonly addresses: ClientAddresses;
}

/** Who may read the metrics. */
export class MetricsAccess {
  constructor(private readonly dependencies: MetricsAccessDependencies) {}

  /** @throws GatewayError `invalid_api_key` for a stranger without a key */
  async check(request: IncomingMessage): Promise<void> {
    const { snapshots, authenticator, addresses } = this.dependencies;
    const snapshot = snapshots.current;
    if (snapshot.settings.metricsPublic || isLocalCaller(request, addresses)) return;
    await authenticator.authenticate(extractClientKeys(request.headers, '', '/metrics'), snapshot);
  }
}
