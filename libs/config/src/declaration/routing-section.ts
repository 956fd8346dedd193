import { z } from 'zod';
import {
  CIRCUIT_FAILURES,
  CIRCUIT_OPEN_MS,
  RETRY_BUDGET_MIN_PER_SECOND,
  RETRY_BUDGET_PERCENT,
  SESSION_TTL_MS,
} from './defaults.js';
import { flag, milliseconds, wholeNumber } from './number-settings.js';
import { hot } from './setting.js';

/** How one of several usable accounts is chosen. */
export const SELECTION_STRATEGIES = ['round-robin', 'fill-first', 'priority', 'balanced'] as const;
export type SelectionStrategy = (typeof SELECTION_STRATEGIES)[number];

/** One of the strategies. */
export function selectionStrategy() {
  return z.enum(SELECTION_STRATEGIES);
}

/** Which account a request goes to, and when a vendor is left alone. */
export const routingSection = z
  .strictObject({
    strategy: hot(
      selectionStrategy().default('round-robin'),
      'round-robin = lowest priority number, equals take turns by weight; priority = lowest number, equals as declared, and after its rest of more than a minute whoever stood in for it; ' +
        'fill-first = the first as declared that can be used, whatever its number; balanced = the least used.',
    ),
    providers: hot(
      z.record(z.string(), selectionStrategy()).default({}),
      'Another strategy where all accounts of a model belong to one provider, by provider.',
      { defaultText: 'routing.strategy' },
    ),
    sessionAffinity: hot(
      flag().default(false),
      'Keep a conversation on its account while that can be used, so that the vendor finds its prompt cache again.',
    ),
    sessionTtlMs: hot(
      milliseconds().default(SESSION_TTL_MS),
      'How long a silent conversation keeps its account, in milliseconds.',
    ),
    forceModelPrefix: hot(
      flag().default(false),
      'Names without a prefix reach only accounts without one, and an account with a prefix only names that begin with it.',
    ),
    circuitBreaker: z
      .strictObject({
        enabled: hot(flag().default(true), 'Leave a vendor alone that fails again and again.'),
        failures: hot(
          wholeNumber({ min: 1, max: 10_000 }).default(CIRCUIT_FAILURES),
          "How many calls must fail within a minute, and be at least half of all, before a vendor's host is left alone.",
        ),
        openMs: hot(
          milliseconds().default(CIRCUIT_OPEN_MS),
          'How long it is left alone before one call probes it, in milliseconds.',
        ),
      })
      .prefault({}),
    retryBudget: z
      .strictObject({
        percent: hot(
          wholeNumber({ min: 0, max: 1_000 }).default(RETRY_BUDGET_PERCENT),
          "How many calls to a vendor's host may be repetitions, in percent of the requests to it.",
        ),
        minPerSecond: hot(
          wholeNumber({ min: 0, max: 10_000 }).default(RETRY_BUDGET_MIN_PER_SECOND),
          'How many repetitions a second are allowed in any case.',
        ),
      })
      .prefault({}),
  })
  .prefault({});
