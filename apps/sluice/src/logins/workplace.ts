import type { CredentialStore } from '@sluice/accounts';
import type { AccountDeclaration } from '@sluice/config';
import type { Credential, LoginProvider } from '@sluice/provider-kit';
import type { Explanation } from '@sluice/routing';

/** What the commands about accounts work with. */
export interface Workplace {
  /** Undefined = there is none of this name. */
  provider(id: string): LoginProvider | undefined;
  /** Sorted. */
  readonly providerIds: readonly string[];
  /** As the configuration declares them. */
  readonly accounts: readonly AccountDeclaration[];
  /** Names of the client keys. */
  readonly keyNames: readonly string[];
  /** Undefined = there is no configuration. */
  readonly configFile: string | undefined;
  readonly store: CredentialStore;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Where the store keeps its file. */
  readonly directory: string;
  /** The credential that a call would be made with, renewed where that is due. @throws GatewayError */
  credential(declaration: AccountDeclaration): Promise<Credential>;
  /** Where a model name leads for a key; `isOffline`: without asking the vendors for their models first. */
  explain(
    model: string,
    options: { readonly keyName: string | undefined; readonly isOffline: boolean },
  ): Promise<Explanation>;
  close(): Promise<void>;
}
