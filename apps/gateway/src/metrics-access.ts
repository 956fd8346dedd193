import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { extractClientKeys, type Authenticator } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import { clientAddress, TrustedProxies } from '@sluice/express-adapter';
import type { ClientAddresses } from './client-addresses.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const NO_PROXIES = new TrustedProxies([]);

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
    const { snapshots, authenticator } = this.dependencies;
    const snapshot = snapshots.current;
    if (snapshot.settings.metricsPublic || this.#isLocal(request)) return;
    await authenticator.authenticate(extractClientKeys(request.headers, '', '/metrics'), snapshot);
  }

  /** A forwarded request comes from somewhere else, even when the proxy that forwards it stands on this machine. */
  #isLocal(request: IncomingMessage): boolean {
    const address = this.dependencies.addresses.of(request);
    if (address === undefined) return false;
    const isForwarded = request.headers['x-forwarded-for'] !== undefined;
    if (isForwarded && address === clientAddress(request, NO_PROXIES)) return false;
    return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  }
}
