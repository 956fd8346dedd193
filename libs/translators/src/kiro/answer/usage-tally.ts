import type { JsonObject, JsonValue, Usage } from '@sluice/core';
import { countMember, upstreamUsage } from '@sluice/translator-kit';
import { OutputEstimate } from './output-estimate.js';

const PERCENT = 100;

/**
 * What the vendor tells of usage in several events, best first: tokens (rare), how full the context is (always on healthy
 * answers), and credits. The percentage counts prompt and answer together, so the answer is counted here and taken off.
 */
export class UsageTally {
  readonly estimate = new OutputEstimate();
  #tokenUsage: JsonObject | undefined;
  #percentage: number | undefined;
  #credits: number | undefined;

  /** 0–100, sometimes above. */
  get contextPercentage(): number | undefined {
    return this.#percentage;
  }

  /** The turn's price in the plan's own unit. */
  get credits(): number | undefined {
    return this.#credits;
  }

  /** @param payload of a `contextUsageEvent` */
  takeContext(payload: JsonObject): void {
    this.#percentage = countMember(payload, 'contextUsagePercentage') ?? this.#percentage;
  }

  /** @param payload of a `meteringEvent`: the turn's price in the plan's own unit */
  takeMetering(payload: JsonObject): void {
    this.#credits = countMember(payload, 'usage') ?? this.#credits;
  }

  takeTokens(tokenUsage: JsonObject): void {
    this.#tokenUsage = tokenUsage;
    this.takeContext(tokenUsage);
  }

  /**
   * All that the vendor said; undefined when it said nothing.
   * @param windowTokens the model's context, of which the percentage is a part
   */
  toUsage(windowTokens: number): Usage | undefined {
    const counted = this.#tokenUsage && usageOfTokens(this.#tokenUsage, this.#raw());
    if (counted !== undefined) return { ...counted, ...this.#creditsMember() };
    if (this.#percentage !== undefined) {
      const total = Math.round((this.#percentage * windowTokens) / PERCENT);
      const output = this.estimate.tokens;
      return {
        input: Math.max(1, total - output),
        output,
        source: 'mixed',
        raw: this.#raw(),
        ...this.#creditsMember(),
      };
    }
    return this.#credits === undefined ? undefined : { source: 'upstream', raw: this.#raw(), ...this.#creditsMember() };
  }

  #creditsMember(): { readonly credits?: number } {
    return this.#credits === undefined ? {} : { credits: this.#credits };
  }

  #raw(): JsonObject {
    const raw: Record<string, JsonValue> = {};
    if (this.#tokenUsage !== undefined) raw['tokenUsage'] = this.#tokenUsage;
    if (this.#percentage !== undefined) raw['contextUsagePercentage'] = this.#percentage;
    if (this.#credits !== undefined) raw['credits'] = this.#credits;
    return raw;
  }
}

/** `uncachedInputTokens` stands beside the cached ones; negative counts have been seen and mean zero. */
function usageOfTokens(tokens: JsonObject, raw: JsonObject): Usage | undefined {
  const uncached = notNegative(tokens['uncachedInputTokens']);
  const cacheRead = notNegative(tokens['cacheReadInputTokens']);
  const cacheWrite5m = notNegative(tokens['cacheWriteInputTokens']);
  const input = uncached === undefined ? undefined : uncached + (cacheRead ?? 0) + (cacheWrite5m ?? 0);
  return upstreamUsage({ input, output: notNegative(tokens['outputTokens']), cacheRead, cacheWrite5m }, raw);
}

function notNegative(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : undefined;
}
