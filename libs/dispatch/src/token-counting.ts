import type { AccountLease, AccountPool, Candidate, CredentialSource } from '@sluice/accounts';
import { GatewayError, type FormatId } from '@sluice/core';
import {
  classifyFailure,
  forwardRequestHeaders,
  type Credential,
  type Provider,
  type ProviderRegistry,
  type UpstreamReply,
} from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { collect } from '@sluice/streaming';
import { parseJsonObject, type TokenCountSide, type WireCall } from '@sluice/translator-kit';
import type { TokenEstimate } from '@sluice/usage';
import { successHeaders } from './answer-headers.js';
import type { GaveUp } from './attempt-progress.js';
import { assertJsonContentType } from './content-type.js';
import type { Exchange } from './exchange.js';
import { admit, identify, type DoorKeepers } from './letting-in.js';
import type { RouteResolver } from './route-resolver.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';
import { unlessCancelled } from './unless-cancelled.js';
import { MAX_ERROR_BODY_BYTES } from './upstream-attempt.js';

/** Vendors that are asked for one count, at most. A count of our own is at hand when they fail. */
export const MAX_COUNT_ATTEMPTS = 2;
/** Says whose count an answer holds. */
export const TOKEN_COUNT_HEADER = 'x-sluice-token-count';

/** A count is metered by its number alone. */
const NO_TOKENS = { input: 0, output: 0, source: 'estimated' } as const;

export interface TokenCountingDependencies extends DoorKeepers {
  readonly providers: ProviderRegistry;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly resolver: RouteResolver;
  readonly estimate: TokenEstimate;
}

/** What came of asking vendors. */
type Asked = { readonly body: Buffer; readonly reply: UpstreamReply } | { readonly gaveUp: GaveUp } | undefined;

/**
 * Tells a client how many input tokens a request has: the vendor's count where an account of the client's format can
 * count, else our own estimate. Only what the vendor finds wrong with the request is an error: clients that count before
 * every call must not stop at a limit of the vendor's counter.
 */
export class TokenCounting {
  constructor(private readonly dependencies: TokenCountingDependencies) {}

  /** @returns undefined when the exchange has concluded, else why nothing could be answered */
  async serve(exchange: Exchange): Promise<GaveUp | undefined> {
    const { resolver, estimate } = this.dependencies;
    const { request, snapshot, cancellation } = exchange;
    const side = request.format.client?.tokenCount;
    if (side === undefined) throw new TypeError(`clients of ${request.format.id} cannot ask for a count`);
    const principal = await identify(exchange, this.dependencies);
    assertJsonContentType(request.headers);
    const { maxBodyBytes, bodyTimeoutMs } = snapshot.settings;
    const body = await unlessCancelled(
      request.readBody({ maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs }),
      cancellation,
    );
    const call: WireCall = { path: request.path, query: request.query, body };
    exchange.call = call;
    const model = side.readModel(call);
    exchange.facts = { model, stream: false };
    await admit(exchange, this.dependencies, { model, bodyBytes: body.length });
    const route = await unlessCancelled(resolver.resolve(model, snapshot, principal), cancellation);

    const asked = await this.#askVendors(exchange, side, call, route);
    if (asked !== undefined && 'gaveUp' in asked) return asked.gaveUp;
    if (asked !== undefined) {
      const headers = { ...successHeaders(exchange, asked.reply.headers, false), [TOKEN_COUNT_HEADER]: 'upstream' };
      return conclude(exchange, headers, asked.body);
    }
    const upstreamModel = route.targets[0]?.candidates[0]?.model ?? model;
    const tokens = await unlessCancelled(estimate.input(side.decodeRequest(call), upstreamModel), cancellation);
    const headers = {
      ...successHeaders(exchange, {}, false),
      'content-type': 'application/json',
      [TOKEN_COUNT_HEADER]: 'estimated',
    };
    return conclude(exchange, headers, Buffer.from(JSON.stringify(side.encodeCount(tokens))));
  }

  async #askVendors(exchange: Exchange, side: TokenCountSide, call: WireCall, route: Route): Promise<Asked> {
    const { pool, clock, providers } = this.dependencies;
    const { cancellation, request } = exchange;
    const candidates = route.targets
      .flatMap((target) => target.candidates)
      .filter(countsIn(request.format.id, providers));
    const protection = exchange.snapshot.settings.routing;
    const exclude = new Set<string>();
    while (exchange.attempts < MAX_COUNT_ATTEMPTS) {
      const { lease } = pool.lease({ candidates, exclude, nowMs: clock.now(), owner: route.owner, protection });
      if (lease === undefined) return undefined;
      exclude.add(lease.declaration.account.id);
      try {
        const asked = await this.#ask(exchange, side, call, lease);
        if (asked !== undefined) return asked;
      } finally {
        lease.release({ type: 'cancelled' }); // vendors limit counting apart: it says nothing of the account's inference
      }
      if (cancellation.isCancelled) throw cancellation.reason;
    }
    return undefined;
  }

  /** Undefined = this vendor gives no count now. */
  async #ask(exchange: Exchange, side: TokenCountSide, call: WireCall, lease: AccountLease): Promise<Asked> {
    const { providers, credentials } = this.dependencies;
    const { request, cancellation } = exchange;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    const model = provider.modelId?.(lease.model, account) ?? lease.model;
    exchange.attempts += 1;
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model,
      upstreamFormat: request.format.id,
    };
    let credential: Credential | undefined;
    try {
      credential = await unlessCancelled(credentials.current(lease.declaration, provider), cancellation);
      const reply = await provider.countTokens?.({
        account,
        credential,
        format: request.format.id,
        model,
        query: call.query,
        body: side.withModel(call, model).body,
        headers: forwardRequestHeaders(request.headers),
        cancellation,
      });
      return reply && (await readCount(exchange, provider, reply));
    } catch (cause) {
      if (cancellation.isCancelled || !(cause instanceof GatewayError)) throw cause;
      if (classifyFailure(cause, provider).blame !== 'request') return undefined;
      const secrets = secretsOf(account, credential, provider.descriptor.secretSettings);
      return { gaveUp: { error: sanitiseError(cause, secrets), headers: undefined } };
    }
  }
}

/** @throws GatewayError what the vendor refused with, or why its answer cannot be read */
async function readCount(exchange: Exchange, provider: Provider, reply: UpstreamReply): Promise<Asked> {
  const { cancellation, request } = exchange;
  const body = await collect(reply.body, { maxBytes: MAX_ERROR_BODY_BYTES, cancellation, onTooLarge: tooLarge });
  if (reply.status === 200) return parseJsonObject(body.toString()) === undefined ? undefined : { body, reply };
  const error = request.format.upstream?.decodeError(reply.status, reply.headers, body);
  if (error === undefined) return undefined;
  const { blame } = classifyFailure(error, provider, { status: reply.status, headers: reply.headers, body, error });
  if (blame === 'request') throw error;
  return undefined;
}

function conclude(exchange: Exchange, headers: ReturnType<typeof successHeaders>, body: Buffer): undefined {
  exchange.status = 200;
  exchange.usage = NO_TOKENS;
  exchange.answer.respond(200, headers, body);
  exchange.conclude('completed');
}

function countsIn(format: FormatId, providers: ProviderRegistry): (candidate: Candidate) => boolean {
  return ({ declaration: { account }, model }) => {
    const provider = providers.find(account.provider);
    return provider?.countTokens !== undefined && provider.formats(model, account).includes(format);
  };
}

function tooLarge(): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's count is too long to be one." });
}
