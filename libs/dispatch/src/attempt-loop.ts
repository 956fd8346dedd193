import type { Clock, GatewayError, GatewayErrorKind, Logger, UpstreamFailure } from '@sluice/core';
import type { AccountLease, AccountPool, CredentialSource, LeaseSession } from '@sluice/accounts';
import {
  classifyFailure,
  type Credential,
  type FailedReply,
  type Provider,
  type ProviderRegistry,
  type RetryBudget,
} from '@sluice/provider-kit';
import type { Route, Target } from '@sluice/routing';
import { planExchange, type FormatRegistry, type ExchangePlan, type WireCall } from '@sluice/translator-kit';
import type { AttemptOutcome } from './attempt-outcome.js';
import { AttemptProgress, type GaveUp } from './attempt-progress.js';
import { outcomeOfFailure } from './body-relay.js';
import { cannotTranslate } from './cannot-translate.js';
import type { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import { guarded } from './guarded.js';
import type { InlineMedia } from './inline-media.js';
import { cannotMask, mayPassUnmasked } from './masking.js';
import { nativeCandidates } from './native-candidates.js';
import type { Pause } from './pause.js';
import { sanitiseError, secretsOf } from './sanitise-error.js';
import { toGatewayError } from './to-gateway-error.js';
import { unlessCancelled } from './unless-cancelled.js';
import { sessionOf } from './session-of.js';
import { spareUnnamedModel } from './spare-unnamed-model.js';
import { runUpstreamAttempt } from './upstream-attempt.js';
import { withRateLimits } from './with-rate-limits.js';
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
  readonly logger: Logger;
  readonly clock: Clock;
  readonly pause: Pause;
  /** Absent = nothing that a request names by address is fetched. */
  readonly media?: InlineMedia;
}

/** An account that was leased for a call. */
interface Chosen {
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly budget: RetryBudget;
  readonly plan: ExchangePlan;
  /** Undefined until it is at hand. */
  credential: Credential | undefined;
}

/** What an account is chosen for, beside the request itself. */
interface Choice {
  readonly route: Route;
  readonly session: LeaseSession | undefined;
}

type Step = 'done' | 'again' | 'next-target' | 'stop';

const NOBODY: ReadonlySet<string> = new Set();

/** Failures that another call to the same account may well not have. */
const PASSING_KINDS: ReadonlySet<GatewayErrorKind> = new Set<GatewayErrorKind>([
  'upstream_truncated',
  'upstream_unreachable',
  'upstream_rate_limited',
]);

/**
 * The one place where calls are repeated.
 *
 * ```text
 *  target ─▶ lease ─▶ call ─▶ answered | broken | interrupted ─▶ done
 *    ▲         │        └▶ failed ─▶ classify ─▶ same: others first, then a pause · next-account: exclude, lease again
 *    │         └ none left                          · next-target · stop
 *    └──────────┴─ no target left: wait once for the cooldown that ends first; once ask again who failed in passing
 * ```
 */
export class AttemptLoop {
  constructor(private readonly dependencies: AttemptLoopDependencies) {}

  /** @returns undefined when the exchange has concluded (answered, broken off), else why nothing could be answered */
  async run(exchange: Exchange, call: WireCall, route: Route): Promise<GaveUp | undefined> {
    exchange.isAwaited = true;
    const progress = new AttemptProgress(exchange, call);
    const session = sessionOf(exchange, call, route);
    const { split } = route;
    const targets = split === undefined ? route.targets : session ? split.forSession(session.key) : split.next();
    progress.heedsWishes = targets.length > 1;
    let step: Step;
    do {
      step = await this.#tryTargets(progress, targets, { route, session });
    } while (step === 'next-target' && (await this.#mayGoOn(progress)));
    if (step === 'done') return undefined;
    const { isCancelled, reason } = exchange.cancellation;
    if (isCancelled) return { error: toGatewayError(reason), headers: undefined }; // whatever a vendor said before is past
    return progress.gaveUp(this.dependencies.clock.now());
  }

  async #tryTargets(
    progress: AttemptProgress,
    targets: readonly Target[],
    choice: Choice,
  ): Promise<Exclude<Step, 'again'>> {
    for (const target of targets) {
      if (!progress.enter(target)) continue;
      const step = await this.#tryTarget(progress, target, choice);
      if (step !== 'next-target') return step;
    }
    return 'next-target';
  }

  async #tryTarget(
    progress: AttemptProgress,
    target: Target,
    { route: { owner }, session }: Choice,
  ): Promise<Exclude<Step, 'again'>> {
    const { pool, clock, providers } = this.dependencies;
    const { strategy } = target;
    const { exchange } = progress;
    const protection = exchange.snapshot.settings.routing;
    // an owner's own accounts come first, whatever they speak
    const native = owner ? target.candidates : nativeCandidates(target, exchange.request.format.id, providers);
    for (;;) {
      if (this.#isSpent(progress)) return 'stop';
      const nowMs = clock.now();
      progress.endPauses(nowMs);
      const { excluded: exclude, failedVendors, heedsWishes } = progress;
      let result = pool.lease({
        candidates: native,
        exclude,
        nowMs,
        strategy,
        owner,
        session,
        failedVendors,
        heedsWishes,
        protection,
      });
      if (result.none !== undefined && native.length < target.candidates.length) {
        const { candidates } = target;
        result = pool.lease({
          candidates,
          exclude,
          nowMs,
          strategy,
          owner,
          session,
          failedVendors,
          heedsWishes,
          protection,
        });
      }
      if (result.none !== undefined) {
        if (await this.#hasPaused(progress)) continue;
        if (!heedsWishes) progress.noteUnavailable(result);
        return 'next-target';
      }
      const step = await this.#use(progress, result.lease);
      if (step !== 'again') return step;
    }
  }

  /** Nobody else of the target is left, so the first of those that only need a short pause is given one. */
  async #hasPaused(progress: AttemptProgress): Promise<boolean> {
    const { exchange, pausedUntilMs } = progress;
    if (pausedUntilMs === undefined) return false;
    const nowMs = this.dependencies.clock.now();
    const waitMs = Math.max(0, pausedUntilMs - nowMs);
    if (waitMs > longestWaitMs(exchange, nowMs)) return false;
    await this.dependencies.pause.wait(waitMs, exchange.cancellation);
    return true;
  }

  /** No target has anybody left: whether to go through them once more. */
  async #mayGoOn(progress: AttemptProgress): Promise<boolean> {
    if (progress.heedsWishes) {
      progress.heedsWishes = false;
      return true;
    }
    return (await this.#hasWaited(progress)) || (await this.#hasBroughtBack(progress));
  }

  /** Nobody is left, but somebody is back soon: worth one wait. */
  async #hasWaited(progress: AttemptProgress): Promise<boolean> {
    const { exchange, firstBackMs, hasWaited } = progress;
    const nowMs = this.dependencies.clock.now();
    if (firstBackMs === undefined || hasWaited) return false;
    const waitMs = Math.max(0, firstBackMs - nowMs);
    if (waitMs > longestWaitMs(exchange, nowMs)) return false;
    progress.hasWaited = true;
    await this.dependencies.pause.wait(waitMs, exchange.cancellation);
    return true;
  }

  /** Nobody else is left, so who failed in passing is asked once more. */
  async #hasBroughtBack(progress: AttemptProgress): Promise<boolean> {
    const { exchange } = progress;
    if (SAME_ACCOUNT_PAUSE_MS > longestWaitMs(exchange, this.dependencies.clock.now())) return false;
    if (this.#isSpent(progress) || !progress.bringBack()) return false;
    await this.dependencies.pause.wait(SAME_ACCOUNT_PAUSE_MS, exchange.cancellation);
    return true;
  }

  async #use(progress: AttemptProgress, lease: AccountLease): Promise<Step> {
    try {
      const chosen = this.#choose(progress, lease);
      if (chosen === undefined) {
        progress.exclude(lease.declaration.account.id);
        return 'again';
      }
      const step = this.#judge(progress, chosen, await this.#call(progress, chosen));
      return step instanceof Promise ? await step : step;
    } finally {
      lease.release({ type: 'cancelled' }); // on every path; it counts only where nothing else was said of the account
    }
  }

  /** Undefined when the account cannot be used for this request. */
  #choose(progress: AttemptProgress, lease: AccountLease): Chosen | undefined {
    const { providers, formats } = this.dependencies;
    const { exchange } = progress;
    const { account } = lease.declaration;
    const provider = providers.get(account.provider);
    const budget = provider.descriptor.retry ?? DEFAULT_RETRY_BUDGET;
    if (progress.callsTo(account.provider) >= budget.perRequest) return undefined;
    const upstreamFormats = provider.formats(lease.model, account);
    const isFreeOfWords = mayPassUnmasked(exchange, lease, progress.call.body);
    const plan = planExchange({
      client: exchange.request.format,
      upstreamFormats,
      registry: formats,
      mayPass: (upstream) =>
        canAnswerInKind(provider, exchange) &&
        isFreeOfWords &&
        (upstream.mayPass?.(progress.call.body, { dialect: account.settings, upstreamModel: lease.model }) ?? true),
    });
    if (plan === undefined) {
      progress.untranslatable ??= (isFreeOfWords ? cannotTranslate : cannotMask)(exchange, account.id);
      return undefined;
    }
    exchange.attempt = {
      provider: account.provider,
      accountId: account.id,
      upstreamModel: lease.model,
      upstreamFormat: plan.tier === 'pass-through' ? plan.format.id : plan.upstream.id,
    };
    return { lease, provider, budget, plan, credential: undefined };
  }

  async #call(progress: AttemptProgress, chosen: Chosen): Promise<AttemptOutcome> {
    const { exchange, call } = progress;
    const { lease, provider, plan } = chosen;
    const { account } = lease.declaration;
    progress.countTry(account.id);
    try {
      const current = this.dependencies.credentials.current(lease.declaration, provider);
      const credential = current instanceof Promise ? await unlessCancelled(current, exchange.cancellation) : current;
      chosen.credential = credential;
      progress.countCall(account.provider);
      const { logger, media, pause } = this.dependencies;
      const mayAskAgain = (): boolean => exchange.flaw === undefined && !this.#isSpent(progress);
      const options = { exchange, call, lease, provider, credential, plan, logger, pause, mayAskAgain, media };
      return await runUpstreamAttempt(options);
    } catch (cause) {
      return outcomeOfFailure(cause, exchange.cancellation);
    }
  }

  #judge(progress: AttemptProgress, chosen: Chosen, outcome: AttemptOutcome): Step | Promise<Step> {
    const { exchange } = progress;
    switch (outcome.type) {
      case 'answered':
        chosen.lease.release({ type: 'success', nowMs: this.dependencies.clock.now() });
        exchange.conclude('completed');
        return 'done';
      case 'broken': {
        // the client has read a part: there is no retry, and a fault after the commit says little of the account
        const ending = outcome.error.kind === 'client_closed' ? 'client-closed' : 'broken';
        exchange.conclude(ending, sanitiseError(outcome.error, secretsIn(chosen, progress.exchange)));
        return 'done';
      }
      case 'interrupted':
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
    const { clock, listener, logger } = this.dependencies;
    const { lease, provider } = chosen;
    const { account } = lease.declaration;
    const { requestId } = progress.exchange.request;
    const nowMs = clock.now();
    const judged = spareUnnamedModel(classifyFailure(error, provider, reply), reply, lease.model);
    const clean = sanitiseError(judged.error, secretsIn(chosen, progress.exchange));
    const failure = withRetryHint(withRateLimits({ ...judged, error: clean }, reply, nowMs), reply, nowMs);
    progress.last = { error: failure.error, headers: reply?.headers };
    if (failure.blame === 'provider' || failure.blame === 'network') progress.noteFailedVendor(lease.vendor);
    guarded(logger, 'the listener of exchanges', () =>
      listener.attemptFailed({
        requestId,
        provider: account.provider,
        accountId: account.id,
        model: lease.model,
        failure,
      }),
    );
    if (await this.#hasRenewedLogin(progress, chosen, failure)) return 'again';
    lease.release({ type: 'failure', failure, nowMs });
    this.#noteRest(progress, lease, nowMs);
    return this.#react(progress, chosen, failure, nowMs);
  }

  #noteRest(progress: AttemptProgress, { declaration, model }: AccountLease, nowMs: number): void {
    const standing = this.dependencies.pool.standingOf({ declaration, model }, { exclude: NOBODY, nowMs });
    if (standing.type === 'cooling' || standing.type === 'soft') progress.noteRest(standing.untilMs);
  }

  async #react(progress: AttemptProgress, chosen: Chosen, failure: UpstreamFailure, nowMs: number): Promise<Step> {
    const { exchange } = progress;
    const accountId = chosen.lease.declaration.account.id;
    const tries = progress.triesOf(accountId);
    switch (failure.action) {
      case 'stop':
        return 'stop';
      case 'next-target':
        progress.leaveTarget();
        return 'next-target';
      case 'next-account':
        if (mayBeBroughtBack(chosen, failure, tries)) progress.excludeForNow(accountId);
        else progress.exclude(accountId);
        return 'again';
      case 'same': {
        const { retryAfterMs: wishMs, firstPauseMs = SAME_ACCOUNT_PAUSE_MS } = failure;
        const waitMs = wishMs ?? firstPauseMs * 2 ** (tries - 1);
        if (tries >= chosen.budget.perAccount || waitMs > longestWaitMs(exchange, nowMs)) progress.exclude(accountId);
        else progress.pause(accountId, { untilMs: nowMs + waitMs, isWish: wishMs !== undefined });
        return 'again';
      }
      default:
        return unknownAction(failure.action);
    }
  }

  /**
   * A login that the vendor refuses before its time is renewed once per request; then the account is worth another call. A
   * refusal that says for how long, as of an account that is locked, is none of the login's.
   */
  async #hasRenewedLogin(progress: AttemptProgress, chosen: Chosen, failure: UpstreamFailure): Promise<boolean> {
    const { declaration } = chosen.lease;
    const accountId = declaration.account.id;
    const { credential, provider } = chosen;
    const { exchange } = progress;
    const isOfLogin = failure.error.kind === 'upstream_auth_failed' && failure.retryAfterMs === undefined;
    if (!isOfLogin || credential === undefined || !progress.mayRenew(accountId)) return false;
    try {
      const renewing = this.dependencies.credentials.renew(declaration, provider, credential);
      return (await unlessCancelled(renewing, exchange.cancellation)) !== undefined;
    } catch {
      return false; // the refusal itself is what is reported; the source has logged why renewing failed
    }
  }

  /** The first call is always sent, however long the request took to arrive. */
  #isSpent({ exchange, hasTried }: AttemptProgress): boolean {
    if (exchange.cancellation.isCancelled) return true;
    const { maxAttempts, deadlineMs } = exchange.snapshot.settings.retry;
    const elapsedMs = this.dependencies.clock.now() - exchange.startedAtMs;
    return hasTried && (exchange.attempts >= maxAttempts || elapsedMs > deadlineMs);
  }
}

/** A vendor that says for how long it does not want to be asked is believed. */
function mayBeBroughtBack({ budget }: Chosen, { error, retryAfterMs }: UpstreamFailure, tries: number): boolean {
  const isPassing = PASSING_KINDS.has(error.kind) && retryAfterMs === undefined;
  return isPassing && budget.repeatsAlone === true && tries < budget.perAccount;
}

/** No single pause is longer, and none goes beyond the request's deadline. */
function longestWaitMs({ snapshot, startedAtMs }: Exchange, nowMs: number): number {
  const { maxWaitMs, deadlineMs } = snapshot.settings.retry;
  return Math.min(maxWaitMs, startedAtMs + deadlineMs - nowMs);
}

function secretsIn({ lease, provider, credential }: Chosen, { snapshot }: Exchange): readonly string[] {
  const { secretSettings } = provider.descriptor;
  return secretsOf(lease.declaration.account, credential, secretSettings, snapshot.settings.headerRules);
}

/** A vendor that only streams gives no whole answer that could pass through: it is collected in canonical words. */
function canAnswerInKind({ descriptor }: Provider, { facts }: Exchange): boolean {
  return descriptor.streamsOnly !== true || facts?.stream === true;
}

function unknownOutcome(outcome: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(outcome)}`);
}

function unknownAction(action: never): never {
  throw new TypeError(`unknown action ${JSON.stringify(action)}`);
}
