import type { ReasoningOptions } from '@sluice/core';
import { decode, encode, text, user } from '../__fixtures__/exchange.js';

function thinkingOf(reasoning: ReasoningOptions, model: string) {
  const { body, warnings } = encode({ messages: [user(text('hi'))], reasoning }, model);
  return { thinking: (body['generationConfig'] as { thinkingConfig?: object } | undefined)?.thinkingConfig, warnings };
}

describe('thinking for a model', () => {
  it.each([
    ['gemini-2.5-flash', { mode: 'off' }, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', { mode: 'on', effort: 'high' }, { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-2.5-flash', { mode: 'on', effort: 'low', show: 'none' }, { thinkingBudget: 1024 }],
    ['gemini-2.5-pro', { mode: 'on', budgetTokens: 2048 }, { thinkingBudget: 2048, includeThoughts: true }],
    ['gemini-2.5-pro', { mode: 'adaptive' }, { thinkingBudget: -1, includeThoughts: true }],
    ['gemini-2.5-pro', { mode: 'on', effort: 'auto' }, { includeThoughts: true }],
    ['gemini-3-flash', { mode: 'on', effort: 'medium' }, { thinkingLevel: 'MEDIUM', includeThoughts: true }],
    ['gemini-3-flash', { mode: 'adaptive' }, { includeThoughts: true }],
    ['gemini-3-flash', { mode: 'on', budgetTokens: 8192 }, { thinkingBudget: 8192, includeThoughts: true }],
    ['gemini-3.1-pro-preview', { mode: 'on', effort: 'medium' }, { thinkingLevel: 'MEDIUM', includeThoughts: true }],
    ['my-alias', { mode: 'off' }, { thinkingBudget: 0 }],
    ['my-alias', { mode: 'on', effort: 'minimal' }, { thinkingLevel: 'MINIMAL', includeThoughts: true }],
  ] as const)('%s is told %j as %j', (model, reasoning, expected) => {
    expect(thinkingOf(reasoning, model)).toEqual({ thinking: expected, warnings: [] });
  });

  it.each([
    ['gemini-2.5-pro', { mode: 'off' }, { thinkingBudget: 128 }, 'approximated'],
    ['gemini-2.5-pro', { mode: 'on', budgetTokens: 100_000, show: 'none' }, { thinkingBudget: 32_768 }, 'approximated'],
    ['gemini-2.5-flash-lite', { mode: 'on', budgetTokens: 20, show: 'none' }, { thinkingBudget: 512 }, 'approximated'],
    ['gemini-3-pro-preview', { mode: 'on', effort: 'medium', show: 'none' }, { thinkingLevel: 'LOW' }, 'approximated'],
    ['gemini-3-flash', { mode: 'off' }, { thinkingLevel: 'MINIMAL' }, 'approximated'],
    ['gemini-3-flash', { mode: 'on', effort: 'xhigh', show: 'none' }, { thinkingLevel: 'HIGH' }, 'approximated'],
    ['gemini-3-flash', { mode: 'on', effort: 'enormous', show: 'none' }, undefined, 'dropped'],
    ['gemini-2.0-flash', { mode: 'on', effort: 'low' }, undefined, 'dropped'],
  ] as const)('%s is told %j as %j, with a warning', (model, reasoning, expected, effect) => {
    const { thinking, warnings } = thinkingOf(reasoning, model);

    expect(thinking).toEqual(expected);
    expect(warnings).toMatchObject([{ effect, path: expect.stringMatching(/^\/reasoning/) }]);
  });

  it('a model that does not think need not be told to stop', () => {
    expect(thinkingOf({ mode: 'off' }, 'gemini-2.0-flash')).toEqual({ thinking: undefined, warnings: [] });
  });
});

describe('thinking of a client', () => {
  it.each([
    [{ thinkingBudget: 0 }, { mode: 'off', show: 'none' }],
    [{ thinkingBudget: -1 }, { mode: 'adaptive', show: 'none' }],
    [
      { thinkingBudget: 512, includeThoughts: true },
      { mode: 'on', budgetTokens: 512, show: 'summary' },
    ],
    [{ thinkingLevel: 'high' }, { mode: 'on', effort: 'high', show: 'none' }],
    [
      { thinkingLevel: 'MINIMAL', includeThoughts: false },
      { mode: 'on', effort: 'minimal', show: 'none' },
    ],
    [{ includeThoughts: true }, { mode: 'on', show: 'summary' }],
  ])('%j is %j', (thinkingConfig, reasoning) => {
    expect(decode({ generationConfig: { thinkingConfig } }).reasoning).toEqual(reasoning);
  });
});
