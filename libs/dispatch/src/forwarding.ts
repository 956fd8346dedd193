import type { AccountLease, AccountPool, CredentialSource, LeaseOwner } from '@sluice/accounts';
import { GatewayError, type Logger } from '@sluice/core';
import {
  classifyFailure,
  forwardWholeRequestHeaders,
  kindOfStatus,
  type Credential,
  type FailedReply,
  type Provider,
  type ProviderRegistry,
  type UpstreamReply,
} from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { collect } from '@sluice/streaming';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { GaveUp } from './attempt-progress.js';
import { outcomeOfFailure } from './body-relay.js';
import type { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import { forwardCandidates, leaseFirst, NO_MODEL, ownerIn } from './forward-account.js';
import type { ForwardRequest } from './forward-request.js';
import { assertNoAdministration } from './admin-path.js';
import { assertForwardable } from './forwardable-path.js';
import { guarded } from './guarded.js';
import { admit, identify, type DoorKeepers } from './letting-in.js';
import { nothingLeft } from './nothing-left.js';
import { ClientUpload } from './client-upload.js';
import type { RouteResolver } from './route-resolver.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';
import { shapeHeadersFor } from './shape-call.js';
import { answerStored } from './stored-response-routes.js';
import type { StoredResponses } from './stored-responses.js';
import { toGatewayError } from './to-gateway-error.js';
import { unlessCancelled } from './unless-cancelled.js';
import { MAX_ERROR_BODY_BYTES } from './upstream-attempt.js';
import { relayWhole } from './whole-relay.js';

/** Accounts that one request is passed to, at most. */
export const MAX_FORWARD_ATTEMPTS = 3;

const FIRST_ERROR_STATUS = 400;

export interface ForwardingDependencies extends DoorKeepers {
  readonly providers: ProviderRegistry;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly resolver: RouteResolver;
  readonly listener: ExchangeListener;
  /** Absent = no answers are remembered. */
  readonly stored?: StoredResponses;
  readonly logger: Logger;
}

/**
 * Passes a request whole to an account that serves the vendor's API: bytes in both directions as they come, never collected.
 * Another account is asked only while nothing of the request's body has been sent.
 */
export class Forwarding {
  constructor(private readonly dependencies: ForwardingDependencies) {}

  /** @returns undefined when the exchange has concluded, else why nothing could be answered */
  async serve(exchange: Exchange, request: ForwardRequest): Promise<GaveUp | undefined> {
    const { resolver, providers } = this.dependencies;
    const { snapshot, cancellation } = exchange;
    assertForwardable(request.path);
    const principal = await identify(exchange, this.dependencies);
    const { stored, clock } = this.dependencies;
    if (stored !== undefined && answerStored(exchange, request, { stored, clock })) return undefined;
    if (snapshot.settings.forwardAdminPaths !== true) assertNoAdministration(request.path);
    const model = request.pathModel?.model;
    if (model === undefined && principal.models !== undefined) throw keyTooNarrow(principal.name);
    const upload = new ClientUpload(request.openBody());
    try {
      const bodyBytes = upload.length ?? 0;
      await admit(exchange, this.dependencies, { model: model ?? NO_MODEL, bodyBytes });
      let route: Route | undefined;
      if (model !== undefined) {
        exchange.facts = { model, stream: false };
        route = await unlessCancelled(resolver.resolve(model, snapshot, principal), cancellation);
      }
      const owner = route?.owner ?? ownerIn(snapshot, principal.id);
      const candidates = forwardCandidates({ api: request.api, owner, providers, snapshot, route });
      if (candidates.length === 0) throw nobodyToAsk(request);
      return await this.#ask(exchange, request, upload, { candidates, owner });
    } finally {
      upload.discard();
      exchange.streamedBytesIn = upload.bytesRead;
    }
  }

  async #ask(
    exchange: Exchange,
    request: ForwardRequest,
    upload: ClientUpload,
    { candidates, owner }: Askable,
  ): Promise<GaveUp | undefined> {
    const { pool, clock } = this.dependencies;
    const { cancellation } = exchange;
    const protection = exchange.snapshot.settings.routing;
    const excluded = new Set<string>();
    const failedVendors = new Set<string>();
    let last: GaveUp | undefined;
    while (exchange.attempts < MAX_FORWARD_ATTEMPTS && !cancellation.isCancelled) {
      const terms = { exclude: excluded, nowMs: clock.now(), owner, failedVendors, protection };
      const leased = leaseFirst(pool, { candidates, ...terms });
      if ('none' in leased) {
        last ??= {
          error: nothingLeft(request.pathModel?.model ?? request.path, leased, clock.now()),
          headers: undefined,
        };
        break;
      }
      excluded.add(leased.declaration.account.id);
      try {
        const failed = await this.#use(exchange, request, upload, leased);
        if (failed === undefined) return undefined;
        last = failed.gaveUp;
        if (failed.isVendorsFault && leased.vendor !== undefined) failedVendors.add(leased.vendor);
        if (!failed.isWorthAnother || upload.hasBegun) break;
      } finally {
        leased.release({ type: 'cancelled' }); // counts only where nothing else was said of the account
      }
    }
    if (cancellation.isCancelled) return { error: toGatewayError(cancellation.reason), headers: undefined };
    return last;
  }

  /** Undefined when the exchange has concluded. */
  async #use(
    exchange: Exchange,
    request: ForwardRequest,
    upload: ClientUpload,
    lease: AccountLease,
  ): Promise<Unanswered | undefined> {
    const { providers, credentials } = this.dependencies;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    exchange.attempts += 1;
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model === NO_MODEL ? undefined : lease.model,
      upstreamFormat: request.format.id,
    };
    let credential: Credential | undefined;
    const { headerRules } = exchange.snapshot.settings;
    const secrets = (): readonly string[] =>
      secretsOf(account, credential, provider.descriptor.secretSettings, headerRules);
    let outcome: AttemptOutcome;
    try {
      credential = await unlessCancelled(credentials.current(lease.declaration, provider), exchange.cancellation);
      outcome = await this.#send({ exchange, request, upload, lease, provider, credential, secrets });
    } catch (cause) {
      outcome = outcomeOfFailure(upload.failure ?? cause, exchange.cancellation);
    }
    switch (outcome.type) {
      case 'answered':
        lease.release({ type: 'success' });
        exchange.usage = NO_TOKENS;
        exchange.conclude('completed');
        return undefined;
      case 'broken':
        exchange.usage = NO_TOKENS;
        exchange.conclude(
          outcome.error.kind === 'client_closed' ? 'client-closed' : 'broken',
          sanitiseError(outcome.error, secrets()),
        );
        return undefined;
      case 'interrupted':
        return {
          gaveUp: { error: outcome.error, headers: undefined },
          isWorthAnother: false,
          isVendorsFault: false,
        };
      case 'failed':
        return this.#failed(exchange, lease, provider, outcome, secrets());
    }
  }

  async #send({
    exchange,
    request,
    upload,
    lease,
    provider,
    credential,
    secrets,
  }: SendOptions): Promise<AttemptOutcome> {
    if (provider.forward === undefined) throw new TypeError(`${provider.descriptor.id} does not forward`);
    const { cancellation } = exchange;
    const { account } = lease.declaration;
    const { pathModel } = request;
    const reply = await provider.forward({
      account,
      credential,
      method: request.method,
      path: pathModel?.withModel(provider.modelId?.(lease.model, account) ?? lease.model) ?? request.path,
      query: request.query,
      ...shapeHeadersFor(exchange, lease, forwardWholeRequestHeaders(request.headers)),
      body: upload.open(),
      cancellation,
    });
    if (cancellation.isCancelled) {
      reply.body.cancel(cancellation.reason);
      return outcomeOfFailure(cancellation.reason, cancellation);
    }
    return reply.status >= FIRST_ERROR_STATUS ? readRefusal(exchange, reply) : relayWhole(exchange, reply, secrets());
  }

  #failed(
    exchange: Exchange,
    lease: AccountLease,
    provider: Provider,
    { error, reply }: Extract<AttemptOutcome, { type: 'failed' }>,
    secrets: readonly string[],
  ): Unanswered {
    const { clock, listener, logger } = this.dependencies;
    const judged = classifyFailure(error, provider, reply);
    const failure = { ...judged, error: sanitiseError(judged.error, secrets) };
    const { requestId } = exchange.request;
    const { account } = lease.declaration;
    guarded(logger, 'the listener of exchanges', () =>
      listener.attemptFailed({
        requestId,
        provider: account.provider,
        accountId: account.id,
        model: lease.model,
        failure,
      }),
    );
    // what is not found, or wrong, says nothing of the account: paths and their ids are the client's
    const isItsFault = failure.blame !== 'request' && failure.blame !== 'model';
    if (isItsFault) lease.release({ type: 'failure', failure, nowMs: clock.now() });
    const isWorthAnother = failure.action !== 'stop';
    const isVendorsFault = failure.blame === 'provider' || failure.blame === 'network';
    return { gaveUp: { error: failure.error, headers: reply?.headers }, isWorthAnother, isVendorsFault };
  }
}

/** Why one account has not answered. */
interface Unanswered {
  readonly gaveUp: GaveUp;
  readonly isWorthAnother: boolean;
  readonly isVendorsFault: boolean;
}

/** Who may take the request, and for whom. No conversation: what was uploaded to one account is not found at another. */
interface Askable {
  readonly candidates: ReturnType<typeof forwardCandidates>;
  readonly owner: LeaseOwner | undefined;
}

interface SendOptions {
  readonly exchange: Exchange;
  readonly request: ForwardRequest;
  readonly upload: ClientUpload;
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly credential: Credential;
  readonly secrets: () => readonly string[];
}

/** A request that passes whole is metered by its number alone. */
const NO_TOKENS = { input: 0, output: 0, source: 'estimated' } as const;

async function readRefusal(exchange: Exchange, reply: UpstreamReply): Promise<AttemptOutcome> {
  const { status, headers } = reply;
  let body: Buffer;
  try {
    body = await collect(reply.body, { maxBytes: MAX_ERROR_BODY_BYTES, cancellation: exchange.cancellation });
  } catch (cause) {
    if (exchange.cancellation.isCancelled) return outcomeOfFailure(cause, exchange.cancellation);
    body = Buffer.alloc(0); // a body that broke off or is too large says no more than the status
  }
  const error = exchange.request.format.upstream?.decodeError(status, headers, body) ?? plainRefusal(status);
  const failed: FailedReply = { status, headers, body, error };
  return { type: 'failed', error, reply: failed };
}

function plainRefusal(status: number): GatewayError {
  const message = `The vendor answered with status ${status}.`;
  return new GatewayError({ kind: kindOfStatus(status), message, upstream: { status, message } });
}

function nobodyToAsk({ method, path, api }: ForwardRequest): GatewayError {
  return new GatewayError({
    kind: 'not_found',
    message:
      `There is no route ${method} ${path.slice(0, 200)}, and no account serves the API of ${api} to pass it on to. ` +
      'GET / lists the routes.',
  });
}

/** The body may name any model, and nobody reads it. */
function keyTooNarrow(name: string): GatewayError {
  return new GatewayError({
    kind: 'permission_denied',
    message: `The key "${name}" may use certain models only, so that no request of it is passed on unread. Use a route that names its model.`,
  });
}
