import type { AccountLease, AccountPool, CredentialSource } from '@sluice/accounts';
import type { Clock, GatewayError, GatewayErrorKind, Logger, UpstreamFailure } from '@sluice/core';
import { classifyFailure, type FailedReply } from '@sluice/provider-kit';
import type { AttemptProgress } from './attempt-progress.js';
import { SAME_ACCOUNT_PAUSE_MS, type AttemptWaits } from './attempt-waits.js';
import { secretsIn, type ChosenAccount } from './chosen-account.js';
import type { ExchangeListener } from './exchange-listener.js';
import { guarded } from './guarded.js';
import { sanitiseError } from './sanitise-error.js';
import { spareUnnamedModel } from './spare-unnamed-model.js';
import { unlessCancelled } from './unless-cancelled.js';
import { withRateLimits } from './with-rate-limits.js';
import { withRetryHint } from './with-retry-hint.js';

export interface AttemptFailuresDependencies {
  readonly pool: AccountPool;
  readonly credentials: CredentialSource;
  readonly listener: ExchangeListener;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly waits: AttemptWaits;
}

/** What a request does after a failed call: lease again, go on to the next target, or give up. */
export type NextStep = 'again' | 'next-target' | 'stop';

const NOBODY: ReadonlySet<string> = new Set();

/** Failures that another call to the same account may well not have. */
const PASSING_KINDS: ReadonlySet<GatewayErrorKind> = new Set<GatewayErrorKind>([
  'upstream_truncated',
  'upstream_unreachable',
  'upstream_rate_limited',
]);

/** Decides what follows from a call that failed: who is to blame, who rests, and what the request does next. */
export class AttemptFailures {
  constructor(private readonly dependencies: AttemptFailuresDependencies) {}

  /**
   * Notes a failed call wherever that counts: in the pool, for the request, for whoever listens.
   * @returns what comes next
   */
  async judge(
    progress: AttemptProgress,
    chosen: ChosenAccount,
    error: GatewayError,
    reply: FailedReply | undefined,
  ): Promise<NextStep> {
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

  #react(progress: AttemptProgress, chosen: ChosenAccount, failure: UpstreamFailure, nowMs: number): NextStep {
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
        const isTooLong = this.dependencies.waits.isTooLong(waitMs, exchange);
        if (isTooLong || tries >= chosen.budget.perAccount) progress.exclude(accountId);
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
  async #hasRenewedLogin(progress: AttemptProgress, chosen: ChosenAccount, failure: UpstreamFailure): Promise<boolean> {
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
}

/** A vendor that says for how long it does not want to be asked is believed. */
function mayBeBroughtBack({ budget }: ChosenAccount, { error, retryAfterMs }: UpstreamFailure, tries: number): boolean {
  const isPassing = PASSING_KINDS.has(error.kind) && retryAfterMs === undefined;
  return isPassing && budget.repeatsAlone === true && tries < budget.perAccount;
}

function unknownAction(action: never): never {
  throw new TypeError(`unknown action ${JSON.stringify(action)}`);
}
