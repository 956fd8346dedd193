import { readDialect } from './dialect.js';

const DEFAULTS = {
  reasoning: { mode: 'auto', always: false, budgetTokens: 20_000, handling: 'as_reasoning_content' },
  thinkingSuffix: '-thinking',
  thinkingFormat: undefined,
  truncationRecovery: true,
  truncationRetry: true,
  textToolCalls: false,
  splitWrites: true,
  strictSchemas: false,
  cachePoints: false,
  toolCompressionBytes: 0,
  maxRequestBodyBytes: 400_000,
};

describe('readDialect', () => {
  it('has a default for everything', () => {
    expect(readDialect({})).toEqual(DEFAULTS);
  });

  it('takes what the account declares', () => {
    const declared = {
      reasoning: { mode: 'native', always: true, budgetTokens: 4000, handling: 'strip_tags' },
      thinkingSuffix: '-reason',
      thinkingFormat: 'think',
      truncationRecovery: false,
      truncationRetry: false,
      textToolCalls: true,
      splitWrites: false,
      strictSchemas: true,
      cachePoints: true,
      toolCompressionBytes: 20_480,
      maxRequestBodyBytes: 0,
    };

    expect(readDialect({ ...declared, region: 'us-east-1' })).toEqual(declared);
  });

  it('ignores what is of the wrong kind', () => {
    const wrong = {
      reasoning: { mode: 'always', always: 'yes', budgetTokens: -1, handling: 7 },
      thinkingSuffix: 1,
      thinkingFormat: 'xml',
      truncationRecovery: 'true',
      truncationRetry: 1,
      splitWrites: 0,
      strictSchemas: 1,
      cachePoints: null,
      toolCompressionBytes: 1.5,
      maxRequestBodyBytes: '1',
    };

    expect(readDialect(wrong)).toEqual(DEFAULTS);
    expect(readDialect({ reasoning: 'off' })).toEqual(DEFAULTS);
  });
});
