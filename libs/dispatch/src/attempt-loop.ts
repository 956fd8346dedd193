import type { Clock, Logger } from '@sluice/core';
import type { AccountLease, AccountPool, CredentialSource, LeaseSession } from '@sluice/accounts';
import type { ProviderRegistry, Provider, RetryBudget } from '@sluice/provider-kit';
import type { Route, Target } from '@sluice/routing';
import { planExchange, type FormatRegistry, type WireCall } from '@sluice/translator-kit';
import { AttemptFailures, type NextStep } from './attempt-failures.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { AttemptProgress, type GaveUp } from './attempt-progress.js';
import { AttemptWaits } from './attempt-waits.js';
import { outcomeOfFailure } from './body-relay.js';
import { cannotTranslate } from './cannot-translate.js';
import { secretsIn, type ChosenAccount } from './chosen-account.js';
import type { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import type { InlineMedia } from './inline-media.js';
import { cannotMask, mayPassUnmasked } from './masking.js';
import { nativeCandidates } from './native-candidates.js';
import type { Pause } from './pause.js';
import { sanitiseError } from './sanitise-error.js';
import { sessionOf } from './session-of.js';
import { toGatewayError } from './to-gateway-error.js';
import { unlessCancelled } from './unless-cancelled.js';
import { runUpstreamAttempt } from './upstream-attempt.js';

/** For providers that declare no budget of their own. */
export const DEFAULT_RETRY_BUDGET: RetryBudget = { perAccount: 2, perRequest: 6 };

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

/** What an account is chosen for, beside the request itself. */
interface Choice {
  readonly route: Route;
  readonly session: LeaseSession | undefined;
}

type Step = NextStep | 'done';

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
  readonly #waits: AttemptWaits;
  readonly #failures: AttemptFailures;

  constructor(private readonly dependencies: AttemptLoopDependencies) {
    this.#waits = new AttemptWaits(dependencies.clock, dependencies.pause);
    this.#failures = new AttemptFailures({ ...dependencies, waits: this.#waits });
  }

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
    } while (step === 'next-target' && (await this.#waits.mayGoOn(progress)));
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
      if (this.#waits.isSpent(progress)) return 'stop';
      const nowMs = clock.now();
      progress.endPauses(nowMs);
      const { excluded: exclude, failedVendors, heedsWishes } = progress;
      const wish = {
        candidates: native,
        exclude,
        nowMs,
        strategy,
        owner,
        session,
        failedVendors,
        heedsWishes,
        protection,
      };
      let result = pool.lease(wish);
      if (result.none !== undefined && native.length < target.candidates.length)
        result = pool.lease({ ...wish, candidates: target.candidates });
      if (result.none !== undefined) {
        if (await this.#waits.hasPaused(progress)) continue;
        if (!heedsWishes) progress.noteUnavailable(result);
        return 'next-target';
      }
      const step = await this.#use(progress, result.lease);
      if (step !== 'again') return step;
    }
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
  #choose(progress: AttemptProgress, lease: AccountLease): ChosenAccount | undefined {
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

  async #call(progress: AttemptProgress, chosen: ChosenAccount): Promise<AttemptOutcome> {
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
      const mayAskAgain = (): boolean => exchange.flaw === undefined && !this.#waits.isSpent(progress);
      const options = { exchange, call, lease, provider, credential, plan, logger, pause, mayAskAgain, media };
      return await runUpstreamAttempt(options);
    } catch (cause) {
      return outcomeOfFailure(cause, exchange.cancellation);
    }
  }

  #judge(progress: AttemptProgress, chosen: ChosenAccount, outcome: AttemptOutcome): Step | Promise<Step> {
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
        return this.#failures.judge(progress, chosen, outcome.error, outcome.reply);
      default:
        return unknownOutcome(outcome);
    }
  }
}

/** A vendor that only streams gives no whole answer that could pass through: it is collected in canonical words. */
function canAnswerInKind({ descriptor }: Provider, { facts }: Exchange): boolean {
  return descriptor.streamsOnly !== true || facts?.stream === true;
}

function unknownOutcome(outcome: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(outcome)}`);
}
