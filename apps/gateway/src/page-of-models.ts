import { GatewayError } from '@sluice/core';
import type { ListedModel } from '@sluice/routing';

/** What a client asks of a list: how many at most, and between which of the sorted names. Absent = all, from the beginning, to the end. */
export interface PageRequest {
  readonly limit?: number | undefined;
  readonly afterId?: string | undefined;
  readonly beforeId?: string | undefined;
}

export interface Page {
  readonly models: readonly ListedModel[];
  /** Whether there are more in the direction that was asked for. */
  readonly hasMore: boolean;
}

/** @param models sorted by id */
export function pageOfModels(models: readonly ListedModel[], { limit, afterId, beforeId }: PageRequest): Page {
  const between = models.filter(
    ({ id }) => (afterId === undefined || id > afterId) && (beforeId === undefined || id < beforeId),
  );
  const size = limit ?? between.length;
  // a page before a name ends at it
  const page = beforeId !== undefined && afterId === undefined ? between.slice(-size) : between.slice(0, size);
  return { models: page, hasMore: page.length < between.length };
}

/**
 * The value of a query's member that limits a page.
 * @throws GatewayError `invalid_request`
 */
export function pageLimit(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new GatewayError({
    kind: 'invalid_request',
    message: `"${name}" must be a whole number from 1 on.`,
    param: name,
  });
}
