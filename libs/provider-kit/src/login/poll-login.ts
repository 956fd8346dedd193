import { GatewayError } from '@sluice/core';
import { LoginFailure } from './login-failure.js';
import type { LoginTools } from './login-tools.js';

/** Where the vendor does not say how often it may be asked. */
export const DEFAULT_INTERVAL_MS = 5_000;
/** "Slow down" means so much more between two questions. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
export const SLOW_DOWN_MS = 5_000;
/** Nobody waits longer for a person, whatever the vendor allows. */
export const MAX_WAIT_MS = 15 * 60_000;
/** One lost answer is no end; so many in a row are. */
export const MAX_LOST_ANSWERS = 5;

/** What one question came to. */
export type PollOutcome<T> = 'pending' | 'slow-down' | 'lost' | { readonly value: T };

export interface LoginPolling<T> {
  readonly intervalMs: number | undefined;
  /** How long the code is good for. */
  readonly lifetimeMs: number;
  /** @throws LoginFailure when there is nothing to wait for any more */
  ask(): Promise<PollOutcome<T>>;
}

/**
 * Asks until a person has confirmed the login elsewhere, at most for the lifetime of the code.
 * @throws LoginFailure; whatever the pause throws when the signal fires
 */
export async function pollLogin<T>(
  { clock, pause, signal }: Pick<LoginTools, 'clock' | 'pause' | 'signal'>,
  { intervalMs = DEFAULT_INTERVAL_MS, lifetimeMs, ask }: LoginPolling<T>,
): Promise<T> {
  const endMs = clock.now() + Math.min(lifetimeMs, MAX_WAIT_MS);
  let waitMs = intervalMs;
  for (let lost = 0; lost < MAX_LOST_ANSWERS;) {
    await pause(waitMs, signal);
    if (clock.now() >= endMs) throw new LoginFailure('The login was not confirmed in time. Begin anew.');
    const outcome = await askTolerantly(ask, signal);
    if (typeof outcome === 'object') return outcome.value;
    if (outcome === 'slow-down') waitMs += SLOW_DOWN_MS;
    lost = outcome === 'lost' ? lost + 1 : 0;
  }
  throw new LoginFailure(`The vendor could not be asked ${MAX_LOST_ANSWERS} times in a row. Begin anew.`);
}

/** A line that breaks while a person is looking for their telephone must not cost the login. */
async function askTolerantly<T>(ask: () => Promise<PollOutcome<T>>, signal: AbortSignal): Promise<PollOutcome<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GatewayError && !signal.aborted) return 'lost';
    throw error;
  }
}
