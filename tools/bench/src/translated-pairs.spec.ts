import { GOALS } from './goals.js';
import { TRANSLATED_PAIRS } from './translated-pairs.js';

describe('TRANSLATED_PAIRS', () => {
  it('are rows of the bench', () => {
    const rows = GOALS.filter(({ metric }) => metric === 'cpuPerChunkUs').map(({ id }) => id);

    expect(rows).toEqual([
      'chunk-cpu',
      'chunk-openai-anthropic',
      'chunk-anthropic-openai',
      'chunk-openai-kiro',
      'chunk-anthropic-kiro',
      'chunk-openai-responses',
      'chunk-openai-gemini',
      'chunk-anthropic-bedrock',
    ]);
  });

  it('translate', () => {
    expect(TRANSLATED_PAIRS.filter(({ client, upstream }) => client === upstream)).toEqual([]);
  });
});
