import type { IncomingMessage } from 'node:http';
import { extractClientKeys, type Authenticator, type Principal } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import type { ClientAddresses } from './client-addresses.js';
import { isLocalCallerByName } from './local-caller.js';
import { pathOf, queryOf } from './request-target.js';

const DIAGNOSTICS_SCOPE = 'diagnostics';

export interface ExplainAccessDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
  readonly addresses: ClientAddresses;
}

/** Who may be told of accounts: keys with the scope `diagnostics`; where no key is asked for, whoever sits at this machine. */
export class ExplainAccess {
  constructor(private readonly dependencies: ExplainAccessDependencies) {}

  /** @throws GatewayError `invalid_api_key`, `permission_denied` */
  async check(request: IncomingMessage): Promise<Principal> {
    const { snapshots, authenticator, addresses } = this.dependencies;
    const snapshot = snapshots.current;
    const presented = extractClientKeys(request.headers, queryOf(request), pathOf(request));
    const principal = await authenticator.authenticate(presented, snapshot);
    if (principal.scopes.has(DIAGNOSTICS_SCOPE)) return principal;
    if (snapshot.settings.allowUnauthenticated && isLocalCallerByName(request, addresses)) return principal;
    throw new GatewayError({
      kind: 'permission_denied',
      message: `Only a key with the scope "${DIAGNOSTICS_SCOPE}" is told of accounts. The operator gives it to a key in "apiKeys".`,
    });
  }
}
