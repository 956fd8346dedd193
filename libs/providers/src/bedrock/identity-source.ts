import { GatewayError, type Account, type Credential } from '@sluice/provider-kit';
import type { AwsIdentity } from './aws-identity.js';

/** How long an identity may take to be found: the chain asks files, the metadata service of the instance and STS. */
export const IDENTITY_TIMEOUT_MS = 10_000;

/** Gives the identity of the moment, renewed when it runs out. */
export type IdentityChain = () => Promise<AwsIdentity>;

/** @param profile undefined = the default one */
export type OpenChain = (profile: string | undefined) => Promise<IdentityChain>;

/**
 * The AWS identity of an account: the declared access key, or what AWS's default chain finds, one chain per account. The chain
 * remembers what it found and renews it before it expires.
 */
export class IdentitySource {
  readonly #chains = new WeakMap<Account, Promise<IdentityChain>>();

  /** @param signalAfter makes the signal that ends a search after so many milliseconds */
  constructor(
    private readonly openChain: OpenChain = openDefaultChain,
    private readonly signalAfter: (ms: number) => AbortSignal = (ms) => AbortSignal.timeout(ms),
  ) {}

  /** @throws GatewayError `upstream_auth_failed` where none is found, `upstream_silent` after `IDENTITY_TIMEOUT_MS` */
  async identityOf(account: Account, { secret, details }: Credential): Promise<AwsIdentity> {
    const accessKeyId = details?.['accessKeyId'];
    if (accessKeyId !== undefined) {
      const sessionToken = details?.['sessionToken'];
      return { accessKeyId, secretAccessKey: secret, ...(sessionToken === undefined ? {} : { sessionToken }) };
    }
    const signal = this.signalAfter(IDENTITY_TIMEOUT_MS);
    return Promise.race([this.#search(account), whenAborted(signal, account)]);
  }

  /** Lets the next call search anew: the vendor called the identity expired. */
  forget(account: Account): void {
    this.#chains.delete(account);
  }

  async #search(account: Account): Promise<AwsIdentity> {
    try {
      const chain = this.#chains.get(account) ?? this.openChain(profileOf(account));
      this.#chains.set(account, chain);
      return await (
        await chain
      )();
    } catch (cause) {
      this.forget(account);
      throw new GatewayError({
        kind: 'upstream_auth_failed',
        message: `No AWS identity was found for the account "${account.id}". Declare apiKey, accessKeyId or profile.`,
        cause,
      });
    }
  }
}

/** Loaded with the first account that needs it: start-up does not pay for it. */
async function openDefaultChain(profile: string | undefined): Promise<IdentityChain> {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider(profile === undefined ? {} : { profile });
}

function profileOf({ settings }: Account): string | undefined {
  const { profile } = settings;
  return typeof profile === 'string' ? profile : undefined;
}

function whenAborted(signal: AbortSignal, { id }: Account): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void =>
      reject(
        new GatewayError({
          kind: 'upstream_silent',
          message: `The AWS identity of the account "${id}" was not found in time.`,
        }),
      );
    signal.addEventListener('abort', fail, { once: true });
  });
}
