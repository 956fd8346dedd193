import type { GatewayError } from '@sluice/provider-kit';
import { deadLogin, type Refusal } from './refusal.js';

/** So many refusals in a row that say nothing certain, and the login counts as dead. */
export const MAX_COUNTED_REFUSALS = 3;
/** Logins that are remembered; the one that was noted first is forgotten. */
export const MAX_REMEMBERED_LOGINS = 1_000;

interface Standing {
  readonly counted: number;
  readonly dead: GatewayError | undefined;
}

/**
 * Which refresh tokens the vendor is not asked with again. Nothing heals them but another token: asking on brings an account
 * nearer to being locked. In the memory of this process.
 */
export class LoginLedger {
  readonly #standings = new Map<string, Standing>();

  /** Why a login is not renewed; undefined = it may be tried. */
  verdictOn(seed: string): GatewayError | undefined {
    return this.#standings.get(seed)?.dead;
  }

  noteSuccess(seed: string): void {
    this.#standings.delete(seed);
  }

  /** @returns the error that the caller is told */
  noteRefusal(seed: string, { verdict, error }: Refusal): GatewayError {
    if (verdict === 'passing') return error;
    const counted = (this.#standings.get(seed)?.counted ?? 0) + 1;
    const hasTooMany = counted >= MAX_COUNTED_REFUSALS;
    const dead = verdict === 'dead' ? error : hasTooMany ? tooMany() : undefined;
    this.#standings.delete(seed);
    this.#standings.set(seed, { counted, dead });
    const [oldest] = this.#standings.keys();
    if (this.#standings.size > MAX_REMEMBERED_LOGINS && oldest !== undefined) this.#standings.delete(oldest);
    return dead ?? error;
  }
}

function tooMany(): GatewayError {
  return deadLogin(`The vendor refused ${MAX_COUNTED_REFUSALS} times in a row to renew it.`);
}
