import { GatewayError } from '@sluice/core';
import type { ListedModel } from '@sluice/routing';
import { pageLimit, pageOfModels, type PageRequest } from './page-of-models.js';

const MODELS: readonly ListedModel[] = ['a', 'b', 'c', 'd'].map((id) => ({
  id,
  displayName: undefined,
  ownedBy: 'openai',
  createdAt: undefined,
}));

describe('pageOfModels', () => {
  it.each<[PageRequest, string, boolean]>([
    [{}, 'abcd', false],
    [{ limit: 2 }, 'ab', true],
    [{ limit: 4 }, 'abcd', false],
    [{ limit: 2, afterId: 'b' }, 'cd', false],
    [{ limit: 1, afterId: 'b' }, 'c', true],
    [{ limit: 2, beforeId: 'd' }, 'bc', true],
    [{ beforeId: 'c' }, 'ab', false],
    [{ afterId: 'a', beforeId: 'd', limit: 1 }, 'b', true],
    [{ afterId: 'bb' }, 'cd', false],
    [{ afterId: 'z' }, '', false],
  ])('%j gives %j', (request, ids, hasMore) => {
    const page = pageOfModels(MODELS, request);

    expect([page.models.map(({ id }) => id).join(''), page.hasMore]).toEqual([ids, hasMore]);
  });
});

describe('pageLimit', () => {
  it.each([
    ['limit=5', 5],
    ['limit=', undefined],
    ['', undefined],
  ])('reads %j', (query, limit) => {
    expect(pageLimit(new URLSearchParams(query), 'limit')).toBe(limit);
  });

  it.each(['limit=0', 'limit=-1', 'limit=1.5', 'limit=many'])('refuses %s', (query) => {
    expect(() => pageLimit(new URLSearchParams(query), 'limit')).toThrow(GatewayError);
  });
});
