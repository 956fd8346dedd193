import { mapUsage, mergeUsage } from './map-usage.js';

describe('mapUsage', () => {
  it('adds cache reads and writes to the input', () => {
    const raw = {
      input_tokens: 10,
      cache_read_input_tokens: 90,
      cache_creation_input_tokens: 5,
      cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 },
      output_tokens: 7,
      output_tokens_details: { thinking_tokens: 4 },
    };

    expect(mapUsage(raw)).toEqual({
      input: 105,
      output: 7,
      cacheRead: 90,
      cacheWrite5m: 2,
      cacheWrite1h: 3,
      reasoning: 4,
      source: 'upstream',
      raw,
    });
  });

  it.each([
    ['no split', { cache_creation_input_tokens: 5 }, { input: 15, cacheWrite5m: 5 }],
    [
      'a split that is older than the total',
      {
        cache_creation_input_tokens: 50,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 20 },
      },
      { input: 60, cacheWrite5m: 30, cacheWrite1h: 20 },
    ],
    [
      'only a split',
      { cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 1 } },
      { input: 15, cacheWrite5m: 4, cacheWrite1h: 1 },
    ],
    ['nulls', { cache_creation_input_tokens: null, cache_read_input_tokens: null }, { input: 10 }],
  ])('counts cache writes with %s', (_, members, counts) => {
    const raw = { input_tokens: 10, ...members };

    expect(mapUsage(raw)).toEqual({ ...counts, source: 'upstream', raw });
  });

  it('finds nothing in an empty object', () => {
    expect(mapUsage({})).toBeUndefined();
  });
});

describe('mergeUsage', () => {
  it('replaces what the delta reports and keeps what it leaves out', () => {
    const start = { input_tokens: 2037, cache_read_input_tokens: 1, output_tokens: 1, service_tier: 'standard' };
    const delta = { input_tokens: 15665, cache_read_input_tokens: null, output_tokens: 600 };

    expect(mergeUsage(start, delta)).toEqual({
      input_tokens: 15665,
      cache_read_input_tokens: 1,
      output_tokens: 600,
      service_tier: 'standard',
    });
  });
});
