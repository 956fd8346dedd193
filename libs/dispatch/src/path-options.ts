import { headerValue, type Logger, type WireHeaders } from '@sluice/core';
import type { AccountLease } from '@sluice/accounts';
import type { Credential, Provider } from '@sluice/provider-kit';
import type { WireCall } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import { secretsOf } from './sanitise-error.js';

export interface PathOptions {
  readonly exchange: Exchange;
  readonly call: WireCall;
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly credential: Credential;
  readonly logger: Logger;
  /** Whether the request may cost another call: its allowance and its time are not used up. */
  readonly mayAskAgain: () => boolean;
}

const EVENT_STREAM = /^text\/event-stream\s*(?:;|$)/i;
const JSON_DOCUMENT = /^application\/json\s*(?:;|$)/i;

/** Whether a vendor's answer is a stream of server-sent events. */
export function isEventStream(headers: WireHeaders): boolean {
  return EVENT_STREAM.test(headerValue(headers, 'content-type') ?? '');
}

/** Whether a vendor's answer is one JSON document: vendors with frames of their own answer so where nothing is streamed. */
export function isJson(headers: WireHeaders): boolean {
  return JSON_DOCUMENT.test(headerValue(headers, 'content-type') ?? '');
}

/** What the vendor's words may not repeat to the client; made only when something has to be searched. */
export function secretsOfPath({ exchange, lease, credential, provider }: PathOptions): () => readonly string[] {
  const { headerRules } = exchange.snapshot.settings;
  return () => secretsOf(lease.declaration.account, credential, provider.descriptor.secretSettings, headerRules);
}

/** The model as the vendor spells it: mapping names is its provider's business. */
export function vendorModel({ provider, lease }: PathOptions): string {
  return provider.modelId?.(lease.model, lease.declaration.account) ?? lease.model;
}
