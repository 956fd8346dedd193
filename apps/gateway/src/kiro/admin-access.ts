import type { IncomingMessage } from 'node:http';
import { extractClientKeys, type Authenticator, type Principal } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import { GatewayError } from '@sluice/core';

const SCOPE = 'admin';
const CLOSED = 'There is no admin API here. The operator opens it by a key in "apiKeys" with the scope "admin".';

export interface AdminAccessDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
}

/** Who may manage accounts on the gateway's own port: whoever has a key with the scope `admin`. */
export class AdminAccess {
  constructor(private readonly dependencies: AdminAccessDependencies) {}

  /** Whether anybody may at all. */
  get isOpen(): boolean {
    return this.dependencies.snapshots.current.apiKeys.some(({ scopes }) => scopes.includes(SCOPE));
  }

  /** @throws GatewayError `not_found` where nobody may, `invalid_api_key` for everybody else's key */
  async check(request: IncomingMessage): Promise<Principal> {
    if (!this.isOpen) throw new GatewayError({ kind: 'not_found', message: CLOSED });
    return this.checkKeys(extractClientKeys(request.headers, '', '/api/admin'));
  }

  /** @throws GatewayError `invalid_api_key` */
  async checkKeys(keys: readonly string[]): Promise<Principal> {
    const { authenticator, snapshots } = this.dependencies;
    const principal = await this.#identify(() => authenticator.authenticate(keys, snapshots.current));
    if (principal?.scopes.has(SCOPE) === true) return principal;
    throw new GatewayError({ kind: 'invalid_api_key', message: 'Invalid or missing admin API key' });
  }

  async #identify(authenticate: () => Principal | Promise<Principal>): Promise<Principal | undefined> {
    try {
      return await authenticate();
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'invalid_api_key') return undefined;
      throw error;
    }
  }
}
