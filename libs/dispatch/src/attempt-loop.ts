import { GatewayError, type Clock, type UpstreamFailure } from '@sluice/core';
import type { AccountLease, AccountPool, CredentialSource } from '@sluice/accounts';
import {
  classifyFailure,
  type FailedReply,
  type Provider,
  type ProviderRegistry,
  type RetryBudget,
} from '@sluice/provider-kit';
import type { Route, Target } from '@sluice/routing';
import { planExchange, type FormatRegistry, type PassThroughFormat, type WireCall } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { AttemptProgress, type GaveUp } from './attempt-progress.js';
import type { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import { nothingLeft } from './nothing-left.js';
import type { Pause } from './pause.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { runUpstreamAttempt } from './upstream-attempt.js';
import { withRetryHint } from './with-retry-hint.js';

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

/** An account that was leased for a call. */
interface Chosen {
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly budget: RetryBudget;
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
    const progress = new AttemptProgress(exchange, call);
    for (const target of route.targets) {
      const step = await this.#tryTarget(progress, target);
      if (step === 'done') return undefined;
      if (step === 'stop') break;
      progress.excluded.clear();
    }
    const { isCancelled, reason } = exchange.cancellation;
    if (isCancelled) return { error: toGatewayError(reason), headers: undefined }; // whatever a vendor said before is past
    return progress.last ?? { error: nothingLeft(route.requestedModel, { none: 'excluded' }, 0), headers: undefined };
  }

  async #tryTarget(progress: AttemptProgress, target: Target): Promise<Exclude<Step, 'again'>> {
    for (;;) {
      if (this.#isSpent(progress.exchange)) return 'stop';
      const step = await this.#lease(progress, target);
      if (step !== 'again') return step;
    }
  }

  /** Takes one account of the target and uses it; without one, waits once if that is worth it. */
  async #lease(progress: AttemptProgress, target: Target): Promise<Step> {
    const { pool, clock, pause } = this.dependencies;
    const { exchange } = progress;
    const nowMs = clock.now();
    const result = pool.lease({ candidates: target.candidates, exclude: progress.excluded, nowMs });
    if (result.none === undefined) return this.#use(progress, result.lease);

    if (result.none === 'cooling' && !progress.hasWaited) {
      const waitMs = Math.max(0, result.earliestMs - nowMs);
      if (waitMs <= longestWaitMs(exchange, nowMs)) {
        progress.hasWaited = true;
        await pause.wait(waitMs, exchange.cancellation);
        return 'again';
      }
    }
    if (result.none !== 'excluded') {
      progress.last ??= { error: nothingLeft(exchange.facts?.model ?? '', result, nowMs), headers: undefined };
    }
    return 'next-target';
  }

  async #use(progress: AttemptProgress, lease: AccountLease): Promise<Step> {
    const { providers, formats } = this.dependencies;
    const { exchange } = progress;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    const budget = provider.descriptor.retry ?? DEFAULT_RETRY_BUDGET;
    if (exchange.attempts >= budget.perRequest) {
      lease.release({ type: 'cancelled' });
      return 'stop';
    }
    const upstreamFormats = provider.formats(lease.model, account);
    const plan = planExchange({ client: exchange.request.format, upstreamFormats, registry: formats });
    if (plan?.tier !== 'pass-through') {
      lease.release({ type: 'cancelled' });
      progress.excluded.add(account.id);
      progress.last ??= { error: cannotTranslate(exchange, account.id), headers: undefined };
      return 'again';
    }
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model,
      upstreamFormat: plan.format.id,
    };
    const chosen = { lease, provider, budget };
    return this.#judge(progress, chosen, await this.#call(progress, chosen, plan.format));
  }

  async #call(
    progress: AttemptProgress,
    { lease, provider }: Chosen,
    format: PassThroughFormat,
  ): Promise<AttemptOutcome> {
    const { exchange, call } = progress;
    const { account } = lease.declaration;
    try {
      const credential = await this.dependencies.credentials.current(lease.declaration, provider);
      if (exchange.cancellation.isCancelled) throw exchange.cancellation.reason;
      progress.credential = credential;
      progress.countCall(account.id);
      const outcome = await runUpstreamAttempt({ exchange, call, lease, provider, credential, format });
      if (outcome.type === 'answered') return outcome;
      return { ...outcome, error: sanitiseError(outcome.error, secretsOf(account, credential)) };
    } catch (cause) {
      const { cancellation } = exchange;
      if (cancellation.isCancelled && cancellation.reason instanceof GatewayError) {
        return { type: 'interrupted', error: cancellation.reason };
      }
      if (cause instanceof GatewayError) return { type: 'failed', error: cause };
      lease.release({ type: 'cancelled' });
      throw cause;
    }
  }

  async #judge(progress: AttemptProgress, chosen: Chosen, outcome: AttemptOutcome): Promise<Step> {
    const { exchange } = progress;
    const { lease } = chosen;
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
        return 'stop';
      case 'failed':
        return this.#failed(progress, chosen, outcome.error, outcome.reply);
      default:
        return unknownOutcome(outcome);
    }
  }

  async #failed(
    progress: AttemptProgress,
    chosen: Chosen,
    error: GatewayError,
    reply: FailedReply | undefined,
  ): Promise<Step> {
    const { clock, listener } = this.dependencies;
    const { exchange } = progress;
    const { lease, provider } = chosen;
    const { account } = lease.declaration;
    const nowMs = clock.now();
    const failure = withRetryHint(classifyFailure(error, provider, reply && { ...reply, error }), reply, nowMs);
    listener.attemptFailed({
      requestId: exchange.request.requestId,
      provider: account.provider,
      accountId: account.id,
      model: lease.model,
      failure,
    });
    progress.last = { error: failure.error, headers: reply?.headers };
    if (await this.#hasRenewedLogin(progress, chosen, failure)) {
      lease.release({ type: 'cancelled' });
      return 'again';
    }
    lease.release({ type: 'failure', failure, nowMs });
    return this.#react(progress, chosen, failure, nowMs);
  }

  async #react(progress: AttemptProgress, chosen: Chosen, failure: UpstreamFailure, nowMs: number): Promise<Step> {
    const { exchange, excluded } = progress;
    const accountId = chosen.lease.declaration.account.id;
    switch (failure.action) {
      case 'stop':
      case 'next-target':
        return failure.action;
      case 'next-account':
        excluded.add(accountId);
        return 'again';
      case 'same': {
        const sent = progress.sentTo(accountId);
        const waitMs = failure.retryAfterMs ?? SAME_ACCOUNT_PAUSE_MS * 2 ** (sent - 1);
        if (sent >= chosen.budget.perAccount || waitMs > longestWaitMs(exchange, nowMs)) excluded.add(accountId);
        else await this.dependencies.pause.wait(waitMs, exchange.cancellation);
        return 'again';
      }
      default:
        return unknownAction(failure.action);
    }
  }

  /** A login that the vendor refuses before its time is renewed once per request; then the account is worth another call. */
  async #hasRenewedLogin(
    progress: AttemptProgress,
    { lease, provider }: Chosen,
    failure: UpstreamFailure,
  ): Promise<boolean> {
    const { declaration } = lease;
    const accountId = declaration.account.id;
    const { credential, renewed } = progress;
    if (failure.error.kind !== 'upstream_auth_failed' || credential === undefined || renewed.has(accountId))
      return false;
    renewed.add(accountId);
    try {
      return (await this.dependencies.credentials.renew(declaration, provider, credential)) !== undefined;
    } catch {
      return false; // the refusal itself is what is reported; the source has logged why renewing failed
    }
  }

  #isSpent(exchange: Exchange): boolean {
    if (exchange.cancellation.isCancelled) return true;
    const { maxAttempts, deadlineMs } = exchange.snapshot.settings.retry;
    return exchange.attempts >= maxAttempts || this.dependencies.clock.now() - exchange.startedAtMs > deadlineMs;
  }
}

/** No single pause is longer, and none goes beyond the request's deadline. */
function longestWaitMs({ snapshot, startedAtMs }: Exchange, nowMs: number): number {
  const { maxWaitMs, deadlineMs } = snapshot.settings.retry;
  return Math.min(maxWaitMs, startedAtMs + deadlineMs - nowMs);
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
