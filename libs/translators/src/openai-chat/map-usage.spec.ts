import { mapUsage } from './map-usage.js';

describe('mapUsage', () => {
  it('counts what was read from and written to the cache as input', () => {
    const raw = {
      prompt_tokens: 1000,
      completion_tokens: 10,
      total_tokens: 1010,
      prompt_tokens_details: { cached_tokens: 300, cache_write_tokens: 200, audio_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 4, audio_tokens: 3 },
    };

    expect(mapUsage(raw)).toEqual({
      input: 1000,
      output: 10,
      cacheRead: 300,
      cacheWrite5m: 200,
      reasoning: 4,
      audioInput: 5,
      audioOutput: 3,
      source: 'upstream',
      raw,
    });
  });

  it.each([
    [
      'DeepSeek',
      { prompt_tokens: 9, completion_tokens: 1, prompt_cache_hit_tokens: 7, prompt_cache_miss_tokens: 2 },
      7,
    ],
    ['Moonshot', { prompt_tokens: 9, completion_tokens: 1, cached_tokens: 6 }, 6],
    ['a zero in the details', { prompt_tokens: 9, prompt_tokens_details: { cached_tokens: 0 }, cached_tokens: 6 }, 0],
  ])('finds the cache reads of %s', (_, raw, cacheRead) => {
    expect(mapUsage(raw)?.cacheRead).toBe(cacheRead);
  });

  it.each([
    ['counted beside', { prompt_tokens: 12, completion_tokens: 2, total_tokens: 354 }, 340, 342],
    ['counted within', { prompt_tokens: 12, completion_tokens: 342, total_tokens: 354 }, 340, 342],
    ['with a total that explains nothing', { prompt_tokens: 12, completion_tokens: 2, total_tokens: 20 }, 340, 2],
    ['without a total', { prompt_tokens: 12, completion_tokens: 2 }, 340, 2],
  ])('includes reasoning %s', (_, counts, reasoning, output) => {
    const raw = { ...counts, completion_tokens_details: { reasoning_tokens: reasoning } };

    expect(mapUsage(raw)?.output).toBe(output);
  });

  it('leaves out what was not reported', () => {
    const raw = { prompt_tokens: 3, completion_tokens: null, prompt_tokens_details: null };

    expect(mapUsage(raw)).toEqual({ input: 3, source: 'upstream', raw });
  });

  it.each([[{}], [{ prompt_tokens: null, completion_tokens: null }], [{ prompt_tokens: -1 }]])(
    'finds nothing in %j',
    (raw) => {
      expect(mapUsage(raw)).toBeUndefined();
    },
  );
});
