import type { IncomingMessage } from 'node:http';
import type { SnapshotStore } from '@sluice/config';
import { TrustedProxies } from '@sluice/express-adapter';

/** Whose request it is, by the current snapshot's trusted proxies. */
export class ClientAddresses {
  #entries: readonly string[] | undefined;
  #proxies = new TrustedProxies([]);

  constructor(private readonly snapshots: SnapshotStore) {}

  of(request: IncomingMessage): string | undefined {
    const { trustedProxies } = this.snapshots.current.settings;
    if (trustedProxies !== this.#entries) {
      this.#proxies = new TrustedProxies(trustedProxies);
      this.#entries = trustedProxies;
    }
    return this.#proxies.addressOf(request.socket.remoteAddress, request.headers['x-forwarded-for']);
  }
}
