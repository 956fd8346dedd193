import type { AccountLease, AccountPool, Candidate, CredentialSource } from '@sluice/accounts';
import { GatewayError, type CanonicalRequest } from '@sluice/core';
import {
  classifyFailure,
  forwardRequestHeaders,
  type Credential,
  type Provider,
  type ProviderRegistry,
  type UpstreamReply,
} from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { maskedTokenCount, type WordMask } from '@sluice/shaping';
import { collect } from '@sluice/streaming';
import {
  parseJsonObject,
  type FormatRegistry,
  type TokenCountSide,
  type UpstreamSide,
  type UpstreamTokenCount,
  type WireCall,
  type WireFormat,
} from '@sluice/translator-kit';
import type { TokenEstimate } from '@sluice/usage';
import { successHeaders } from './answer-headers.js';
import type { GaveUp } from './attempt-progress.js';
import { assertJsonContentType } from './content-type.js';
import { countingLists, type CountingList } from './counting-candidates.js';
import type { Exchange } from './exchange.js';
import type { ExternalTokenCount } from './external-token-count.js';
import { admit, identify, type DoorKeepers } from './letting-in.js';
import { maskerFor, maskFor } from './masking.js';
import type { RouteResolver } from './route-resolver.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';
import { shapeHeadersFor } from './shape-call.js';
import { translationContextOf } from './translation-context.js';
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
  readonly formats: FormatRegistry;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly resolver: RouteResolver;
  readonly estimate: TokenEstimate;
  /** Asked where no vendor can count and the configuration names somebody. */
  readonly external: ExternalTokenCount;
}

/** What came of asking vendors: the answer in the client's words, or why there can be none. */
type Asked = { readonly body: Buffer; readonly reply: UpstreamReply } | { readonly gaveUp: GaveUp } | undefined;

/** A format in which vendors count requests of every format. */
type CountingFormat = WireFormat & { readonly upstream: UpstreamSide & { readonly tokenCount: UpstreamTokenCount } };

/** One question to vendors. */
interface Question {
  readonly side: TokenCountSide;
  readonly call: WireCall;
  /** The request in canonical words, for vendors that speak another format; decoded at most once. */
  canonical(): CanonicalRequest;
}

/**
 * Tells a client how many input tokens a request has: the vendor's count where an account of the route can count, in the
 * client's words or in its own, else that of whoever the configuration names, else our own estimate. Only what the vendor finds wrong with the request is an error: clients that count before
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

    let decoded: CanonicalRequest | undefined;
    const canonical = (): CanonicalRequest => (decoded ??= side.decodeRequest(call));
    const asked = await this.#askVendors(exchange, { side, call, canonical }, route);
    if (asked !== undefined && 'gaveUp' in asked) return asked.gaveUp;
    if (asked !== undefined) {
      const headers = {
        ...successHeaders(exchange, asked.reply.headers, false),
        'content-type': 'application/json',
        [TOKEN_COUNT_HEADER]: 'upstream',
      };
      return conclude(exchange, headers, asked.body);
    }
    const measured = canonical();
    const counted = await this.#askElsewhere(exchange, body);
    const upstreamModel = route.targets[0]?.candidates[0]?.model ?? model;
    const tokens = counted ?? (await unlessCancelled(estimate.input(measured, upstreamModel), cancellation));
    const headers = {
      ...successHeaders(exchange, {}, false),
      'content-type': 'application/json',
      [TOKEN_COUNT_HEADER]: counted === undefined ? 'estimated' : 'external',
    };
    return conclude(exchange, headers, Buffer.from(JSON.stringify(side.encodeCount(tokens))));
  }

  /** Speaks the words of Anthropic alone. Undefined = there is nobody, or no count. */
  async #askElsewhere(exchange: Exchange, body: Buffer): Promise<number | undefined> {
    const { request, snapshot, cancellation } = exchange;
    const { tokenCounting } = snapshot.settings;
    if (tokenCounting === undefined || request.format.id !== 'anthropic-messages') return undefined;
    if (maskerFor(exchange)?.mayOccurIn(body) === true) return undefined;
    return this.dependencies.external.count(tokenCounting, body, cancellation);
  }

  /** A count belongs to no conversation: any account of the model counts alike, and asking must not bind one. */
  async #askVendors(exchange: Exchange, question: Question, route: Route): Promise<Asked> {
    const { pool, clock } = this.dependencies;
    const { cancellation, request } = exchange;
    const { format } = request;
    const canCount = (candidate: Candidate): boolean => this.#countingFormat(format, candidate) !== undefined;
    const lists = countingLists({ route, format: format.id, providers: this.dependencies.providers, canCount });
    const protection = exchange.snapshot.settings.routing;
    const exclude = new Set<string>();
    for (let at = 0; at < lists.length && exchange.attempts < MAX_COUNT_ATTEMPTS;) {
      const { owner } = route;
      const terms = { exclude, nowMs: clock.now(), owner, protection };
      const { lease } = pool.lease({ ...(lists[at] as CountingList), ...terms }); // `at` is within bounds
      if (lease === undefined) {
        at += 1;
        continue;
      }
      exclude.add(lease.declaration.account.id);
      try {
        const asked = await this.#ask(exchange, question, lease);
        if (asked !== undefined) return asked;
      } finally {
        lease.release({ type: 'cancelled' }); // vendors limit counting apart: it says nothing of the account's inference
      }
      if (cancellation.isCancelled) throw cancellation.reason;
    }
    return undefined;
  }

  /** The client's own format where the vendor speaks it, else one in which it counts for everybody. Undefined = it cannot count. */
  #countingFormat(client: WireFormat, { declaration, model }: Candidate): WireFormat | undefined {
    const { providers, formats } = this.dependencies;
    const { account } = declaration;
    const provider = providers.find(account.provider);
    if (provider?.countTokens === undefined) return undefined;
    const spoken = provider.formats(model, account);
    if (spoken.includes(client.id)) return client;
    return spoken.map((id) => formats.find(id)).find((format) => format !== undefined && countsForAll(format));
  }

  /** Undefined = this vendor gives no count now. */
  async #ask(exchange: Exchange, question: Question, lease: AccountLease): Promise<Asked> {
    const { providers, credentials } = this.dependencies;
    const { request, cancellation } = exchange;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    const model = provider.modelId?.(lease.model, account) ?? lease.model;
    const format = this.#countingFormat(request.format, lease) ?? request.format;
    const mask = maskFor(exchange, lease, question.call.body);
    if (mask !== undefined && !countsForAll(format)) return undefined;
    exchange.attempts += 1;
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model,
      upstreamFormat: format.id,
    };
    let credential: Credential | undefined;
    try {
      credential = await unlessCancelled(credentials.current(lease.declaration, provider), cancellation);
      const { query, body } = callIn({ format, exchange, question, lease, model, mask });
      const reply = await provider.countTokens?.({
        account,
        credential,
        format: format.id,
        model,
        query,
        body,
        ...shapeHeadersFor(exchange, lease, forwardRequestHeaders(request.headers)),
        cancellation,
      });
      return reply && (await readCount({ exchange, provider, reply, format, side: question.side }));
    } catch (cause) {
      if (cancellation.isCancelled || !(cause instanceof GatewayError)) throw cause;
      if (classifyFailure(cause, provider).blame !== 'request') return undefined;
      const { headerRules } = exchange.snapshot.settings;
      const secrets = secretsOf(account, credential, provider.descriptor.secretSettings, headerRules);
      return { gaveUp: { error: sanitiseError(cause, secrets), headers: undefined } };
    }
  }
}

interface CountCall {
  readonly format: WireFormat;
  readonly exchange: Exchange;
  readonly question: Question;
  readonly lease: AccountLease;
  readonly model: string;
  /** Undefined = the request has no word that the vendor may not read. */
  readonly mask: WordMask | undefined;
}

/** The question in the vendor's words: the client's bytes where both speak one format and nothing is masked. */
function callIn({ format, exchange, question, lease, model, mask }: CountCall): WireCall {
  const { side, call, canonical } = question;
  const isPassing = format === exchange.request.format && mask === undefined;
  if (isPassing || !countsForAll(format)) return side.withModel(call, model);
  const { tokenCount } = format.upstream;
  const context = translationContextOf(exchange, lease, model);
  const counting = mask === undefined ? tokenCount : maskedTokenCount(tokenCount, mask);
  return counting.encodeRequest({ ...canonical(), model }, context).call;
}

interface CountReply {
  readonly exchange: Exchange;
  readonly provider: Provider;
  readonly reply: UpstreamReply;
  readonly format: WireFormat;
  readonly side: TokenCountSide;
}

/** @throws GatewayError what the vendor refused with, or why its answer cannot be read */
async function readCount({ exchange, provider, reply, format, side }: CountReply): Promise<Asked> {
  const { cancellation, request } = exchange;
  const body = await collect(reply.body, { maxBytes: MAX_ERROR_BODY_BYTES, cancellation, onTooLarge: tooLarge });
  if (reply.status === 200) {
    if (format === request.format) return parseJsonObject(body.toString()) === undefined ? undefined : { body, reply };
    if (!countsForAll(format)) return undefined;
    const count = side.encodeCount(format.upstream.tokenCount.decodeCount(body));
    return { body: Buffer.from(JSON.stringify(count)), reply };
  }
  const error = format.upstream?.decodeError(reply.status, reply.headers, body);
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

function countsForAll(format: WireFormat): format is CountingFormat {
  return format.upstream?.tokenCount !== undefined;
}

function tooLarge(): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's count is too long to be one." });
}
