import type { Account, Credential, Provider, ProviderDescriptor, UpstreamReply } from '@sluice/provider-kit';
import { z } from 'zod';

/** One call of `refreshCredential`, answered by the spec. */
export interface Renewal {
  readonly credential: Credential;
  readonly signal: AbortSignal;
  answer(renewed: Credential): void;
  fail(error: unknown): void;
}

/** A provider whose renewals wait for the spec. */
export class ScriptedProvider implements Provider {
  readonly renewals: Renewal[] = [];
  readonly descriptor: ProviderDescriptor = {
    id: 'acme',
    displayName: 'Acme',
    credentials: ['oauth'],
    settings: z.strictObject({}),
  };

  formats(): readonly string[] {
    return [];
  }

  send(): Promise<UpstreamReply> {
    return Promise.reject(new Error('nothing is sent here'));
  }

  refreshCredential(credential: Credential, _account: Account, signal: AbortSignal): Promise<Credential> {
    return new Promise((resolve, reject) => {
      this.renewals.push({ credential, signal, answer: resolve, fail: reject });
    });
  }

  /** The renewal that was asked for last. */
  get lastRenewal(): Renewal {
    const last = this.renewals.at(-1);
    if (last === undefined) throw new Error('no renewal was asked for');
    return last;
  }
}
