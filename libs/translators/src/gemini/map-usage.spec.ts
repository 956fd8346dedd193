import type { Usage } from '@sluice/core';
import { encodeUsage, mapUsage } from './map-usage.js';

describe('mapUsage', () => {
  it('adds thoughts to the output and tool results to the input, and leaves the cache inside', () => {
    const raw = {
      promptTokenCount: 100,
      toolUsePromptTokenCount: 7,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 20,
      cachedContentTokenCount: 30,
      totalTokenCount: 132,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 90 },
        { modality: 'AUDIO', tokenCount: 10 },
      ],
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 2 }],
    };

    expect(mapUsage(raw)).toEqual({
      input: 107,
      output: 25,
      cacheRead: 30,
      reasoning: 20,
      audioInput: 10,
      audioOutput: 2,
      source: 'upstream',
      raw,
    });
  });

  it('takes an absent count for zero where there are others', () => {
    expect(mapUsage({ promptTokenCount: 9 })).toMatchObject({ input: 9, output: 0 });
    expect(mapUsage({ thoughtsTokenCount: 4 })).toMatchObject({ input: 0, output: 4, reasoning: 4 });
  });

  it.each([{}, { trafficType: 'ON_DEMAND' }, { promptTokenCount: null }])('knows nothing from %j', (raw) => {
    expect(mapUsage(raw)).toBeUndefined();
  });
});

describe('encodeUsage', () => {
  it('puts reasoning beside the visible output', () => {
    const usage: Usage = {
      input: 107,
      output: 25,
      reasoning: 20,
      cacheRead: 30,
      source: 'upstream',
      raw: { input_tokens: 77 },
    };

    expect(encodeUsage(usage)).toEqual({
      promptTokenCount: 107,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 20,
      cachedContentTokenCount: 30,
      totalTokenCount: 132,
    });
  });

  it('never tells more reasoning than output', () => {
    expect(encodeUsage({ input: 18, output: 5, reasoning: 8, source: 'upstream' })).toEqual({
      promptTokenCount: 18,
      candidatesTokenCount: 0,
      thoughtsTokenCount: 5,
      totalTokenCount: 23,
    });
  });

  it("says the vendor's own numbers again while they count the same", () => {
    const raw = { promptTokenCount: 9, candidatesTokenCount: 2, totalTokenCount: 11, trafficType: 'ON_DEMAND' };

    expect(encodeUsage({ input: 9, output: 2, source: 'upstream', raw })).toBe(raw);
    expect(encodeUsage({ input: 9, output: 3, source: 'mixed', raw })).toEqual({
      promptTokenCount: 9,
      candidatesTokenCount: 3,
      totalTokenCount: 12,
    });
  });
});
