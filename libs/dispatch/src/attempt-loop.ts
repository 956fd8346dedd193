import { GatewayError, type Clock, type UpstreamFailure, type WireHeaders } from '@sluice/core';
import type { AccountLease, AccountPool, CredentialSource } from '@sluice/accounts';
import {
  classifyFailure,
  retryAfterMs,
  type FailedReply,
  type Provider,
  type ProviderRegistry,
  type RetryBudget,
} from '@sluice/provider-kit';
import type { Route, Target } from '@sluice/routing';
import { planExchange, type FormatRegistry, type WireCall } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import type { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import { nothingLeft } from './nothing-left.js';
import type { Pause } from './pause.js';
import { sanitiseError } from './sanitise-error.js';
import { runUpstreamAttempt } from './upstream-attempt.js';

/** For providers that declare no budget of their own. */
export const DEFAULT_RETRY_BUDGET: RetryBudget = { perAccount: 2, perRequest: 6 };
/** The first pause before an account is asked again; doubled each time. */
export const SAME_ACCOUNT_PAUSE_MS = 250;

export interface AttemptLoopDependencies {
  readonly providers: ProviderRegistry;
  readonly formats: FormatRegistry;
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly listener: ExchangeListener;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** Why the loop gave up: what the client is told, and the vendor's headers that belong to it. */
export interface GaveUp {
  readonly error: GatewayError;
  readonly headers: WireHeaders | undefined;
}

/** What one request has tried so far. */
interface Progress {
  readonly exchange: Exchange;
  readonly call: WireCall;
  readonly excluded: Set<string>;
  readonly sentPerAccount: Map<string, number>;
  hasWaited: boolean;
  last: GaveUp | undefined;
}

type Step = 'done' | 'again' | 'next-target' | 'stop';

/**
 * The one place where calls are repeated.
 *
 * ```text
 *  target ─▶ lease ─▶ call ─▶ answered | broken | interrupted ─▶ done
 *    ▲         │        └▶ failed ─▶ classify ─▶ same: pause, call again · next-account: exclude, lease again
 *    │         └ none left: wait once for the earliest cooldown            · next-target · stop
 *    └───────────────────────────────────────────────────────────────────────────┘
 * ```
 */
export class AttemptLoop {
  constructor(private readonly dependencies: AttemptLoopDependencies) {}

  /** @returns undefined when the exchange has concluded (answered, broken off), else why nothing could be answered */
  async run(exchange: Exchange, call: WireCall, route: Route): Promise<GaveUp | undefined> {
    const progress: Progress = {
      exchange,
      call,
      excluded: new Set(),
      sentPerAccount: new Map(),
      hasWaited: false,
      last: undefined,
    };
    for (const target of route.targets) {
      const step = await this.#tryTarget(progress, target);
      if (step === 'done') return undefined;
      if (step === 'stop') break;
      progress.excluded.clear();
    }
    return progress.last ?? { error: nothingLeft(route.requestedModel, { none: 'excluded' }, 0), headers: undefined };
  }

  async #tryTarget(progress: Progress, target: Target): Promise<Exclude<Step, 'again'>> {
    for (;;) {
      if (this.#isSpent(progress)) return 'stop';
      const step = await this.#lease(progress, target);
      if (step !== 'again') return step;
    }
  }

  /** Takes one account of the target and uses it; without one, waits once if that is worth it. */
  async #lease(progress: Progress, target: Target): Promise<Step> {
    const { pool, clock } = this.dependencies;
    const { exchange } = progress;
    const nowMs = clock.now();
    const result = pool.lease({ candidates: target.candidates, exclude: progress.excluded, nowMs });
    if (result.none === undefined) return this.#use(progress, result.lease);

    if (result.none === 'cooling' && !progress.hasWaited) {
      const waitMs = Math.max(0, result.earliestMs - nowMs);
      if (waitMs <= this.#longestWaitMs(exchange, nowMs)) {
        progress.hasWaited = true;
        await this.dependencies.pause.wait(waitMs, exchange.cancellation);
        return 'again';
      }
    }
    if (result.none !== 'excluded') {
      progress.last ??= { error: nothingLeft(exchange.facts?.model ?? '', result, nowMs), headers: undefined };
    }
    return 'next-target';
  }

  async #use(progress: Progress, lease: AccountLease): Promise<Step> {
    const { providers, formats } = this.dependencies;
    const { exchange } = progress;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    const plan = planExchange({
      client: exchange.request.format,
      upstreamFormats: provider.formats(lease.model, account),
      registry: formats,
    });
    if (plan?.tier !== 'pass-through') {
      lease.release({ type: 'cancelled' });
      progress.excluded.add(account.id);
      progress.last ??= { error: cannotTranslate(exchange, account.id), headers: undefined };
      return 'again';
    }
    const budget = provider.descriptor.retry ?? DEFAULT_RETRY_BUDGET;
    if (exchange.attempts >= budget.perRequest) {
      lease.release({ type: 'cancelled' });
      return 'stop';
    }
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model,
      upstreamFormat: plan.format.id,
    };
    const outcome = await this.#call(progress, lease, provider, plan.format);
    return this.#judge(progress, lease, provider, budget, outcome);
  }

  async #call(
    progress: Progress,
    lease: AccountLease,
    provider: Provider,
    format: Parameters<typeof runUpstreamAttempt>[0]['format'],
  ): Promise<AttemptOutcome> {
    const { exchange, call } = progress;
    const { account } = lease.declaration;
    try {
      const current = this.dependencies.credentials.current(lease.declaration, provider);
      const credential = current instanceof Promise ? await current : current;
      if (exchange.cancellation.isCancelled) throw exchange.cancellation.reason;
      exchange.attempts += 1;
      exchange.usage = undefined;
      exchange.finishReason = undefined;
      progress.sentPerAccount.set(account.id, (progress.sentPerAccount.get(account.id) ?? 0) + 1);
      const outcome = await runUpstreamAttempt({ exchange, call, lease, provider, credential, format });
      if (outcome.type !== 'failed') return outcome;
      return { ...outcome, error: sanitiseError(outcome.error, account, credential) };
    } catch (cause) {
      if (exchange.cancellation.isCancelled && exchange.cancellation.reason instanceof GatewayError) {
        return { type: 'interrupted', error: exchange.cancellation.reason };
      }
      if (cause instanceof GatewayError) return { type: 'failed', error: cause };
      lease.release({ type: 'cancelled' });
      throw cause;
    }
  }

  async #judge(
    progress: Progress,
    lease: AccountLease,
    provider: Provider,
    budget: RetryBudget,
    outcome: AttemptOutcome,
  ): Promise<Step> {
    const { exchange } = progress;
    switch (outcome.type) {
      case 'answered':
        lease.release({ type: 'success' });
        exchange.conclude('completed');
        return 'done';
      case 'broken':
        // the client has read a part: there is no retry, and a fault after the commit says little of the account
        lease.release({ type: 'cancelled' });
        exchange.conclude(outcome.error.kind === 'client_closed' ? 'client-closed' : 'broken', outcome.error);
        return 'done';
      case 'interrupted':
        lease.release({ type: 'cancelled' });
        progress.last = { error: outcome.error, headers: undefined };
        return 'stop';
      case 'failed':
        return this.#failed(progress, lease, provider, budget, outcome.error, outcome.reply);
      default:
        return unknownOutcome(outcome);
    }
  }

  async #failed(
    progress: Progress,
    lease: AccountLease,
    provider: Provider,
    budget: RetryBudget,
    error: GatewayError,
    reply: FailedReply | undefined,
  ): Promise<Step> {
    const { clock, listener, pause } = this.dependencies;
    const { exchange } = progress;
    const { account } = lease.declaration;
    const nowMs = clock.now();
    const failure = withRetryAfter(classifyFailure(error, provider, reply && { ...reply, error }), reply, nowMs);
    lease.release({ type: 'failure', failure, nowMs });
    listener.attemptFailed({
      requestId: exchange.request.requestId,
      provider: account.provider,
      accountId: account.id,
      model: lease.model,
      failure,
    });
    progress.last = { error: failure.error, headers: reply?.headers };

    switch (failure.action) {
      case 'stop':
        return 'stop';
      case 'next-target':
        return 'next-target';
      case 'next-account':
        progress.excluded.add(account.id);
        return 'again';
      case 'same': {
        const sent = progress.sentPerAccount.get(account.id) ?? 1;
        const waitMs = failure.retryAfterMs ?? SAME_ACCOUNT_PAUSE_MS * 2 ** (sent - 1);
        if (sent >= budget.perAccount || waitMs > this.#longestWaitMs(exchange, nowMs)) {
          progress.excluded.add(account.id);
          return 'again';
        }
        await pause.wait(waitMs, exchange.cancellation);
        return 'again';
      }
      default:
        return unknownAction(failure.action);
    }
  }

  #isSpent({ exchange }: Progress): boolean {
    if (exchange.cancellation.isCancelled) return true;
    const { maxAttempts, deadlineMs } = exchange.snapshot.settings.retry;
    return exchange.attempts >= maxAttempts || this.dependencies.clock.now() - exchange.startedAtMs > deadlineMs;
  }

  #longestWaitMs(exchange: Exchange, nowMs: number): number {
    const { maxWaitMs, deadlineMs } = exchange.snapshot.settings.retry;
    return Math.min(maxWaitMs, exchange.startedAtMs + deadlineMs - nowMs);
  }
}

/** The vendor's own hint wins over what the failure's class says. */
function withRetryAfter(failure: UpstreamFailure, reply: FailedReply | undefined, nowMs: number): UpstreamFailure {
  const hintMs = failure.retryAfterMs ?? (reply === undefined ? undefined : retryAfterMs(reply.headers, nowMs));
  if (hintMs === undefined || (failure.retryAfterMs === hintMs && failure.error.retryAfterMs === hintMs))
    return failure;
  const { error } = failure;
  return {
    ...failure,
    retryAfterMs: hintMs,
    error: new GatewayError({
      kind: error.kind,
      message: error.message,
      retryAfterMs: error.retryAfterMs ?? hintMs,
      ...(error.param !== undefined && { param: error.param }),
      ...(error.upstream !== undefined && { upstream: error.upstream }),
      ...(error.cause !== undefined && { cause: error.cause }),
    }),
  };
}

function cannotTranslate(exchange: Exchange, accountId: string): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message:
      `The account "${accountId}" serves ${exchange.facts?.model ?? 'this model'}, but speaks no format that a ` +
      `${exchange.request.format.displayName} request can be brought into. Use the client format of that vendor.`,
  });
}

function unknownOutcome(outcome: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(outcome)}`);
}

function unknownAction(action: never): never {
  throw new TypeError(`unknown action ${JSON.stringify(action)}`);
}
