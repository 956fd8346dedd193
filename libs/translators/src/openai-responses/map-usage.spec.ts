import type { Usage } from '@sluice/core';
import { encodeUsage } from './answer/encode-usage.js';
import { mapUsage } from './map-usage.js';

const RAW = {
  input_tokens: 30,
  input_tokens_details: { cached_tokens: 10, cache_write_tokens: 4 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 12 },
  total_tokens: 50,
};

describe('mapUsage', () => {
  it('takes the counts as they are: input includes the cache, output the reasoning', () => {
    expect(mapUsage(RAW)).toEqual({
      input: 30,
      output: 20,
      cacheRead: 10,
      cacheWrite5m: 4,
      reasoning: 12,
      source: 'upstream',
      raw: RAW,
    });
  });

  it('reports only what was reported', () => {
    expect(mapUsage({ input_tokens: 3, output_tokens: 1 })).toEqual({
      input: 3,
      output: 1,
      source: 'upstream',
      raw: { input_tokens: 3, output_tokens: 1 },
    });
    expect(mapUsage({ total_tokens: 4 })).toBeUndefined();
  });
});

describe('encodeUsage', () => {
  it('always has the details, which strict clients want', () => {
    expect(encodeUsage({ input: 9, output: 2, source: 'upstream' })).toEqual({
      input_tokens: 9,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 2,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 11,
    });
  });

  it('adds both kinds of cache writes', () => {
    const usage: Usage = { input: 20, output: 7, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 3, source: 'upstream' };

    expect(encodeUsage(usage)).toMatchObject({
      input_tokens: 20,
      input_tokens_details: { cached_tokens: 5, cache_write_tokens: 5 },
      total_tokens: 27,
    });
  });

  it('keeps what a vendor of this format said besides, and nothing of Anthropic’s', () => {
    const own = { ...RAW, num_sources_used: 2 };
    const anthropic = { input_tokens: 5, output_tokens: 1, cache_creation_input_tokens: 2 };

    expect(encodeUsage({ input: 30, output: 20, source: 'upstream', raw: own })).toMatchObject({ num_sources_used: 2 });
    expect(encodeUsage({ input: 7, output: 1, source: 'upstream', raw: anthropic })).toEqual({
      input_tokens: 7,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 8,
    });
  });
});
