import { environmentReasoning } from './environment-reasoning.js';

const ON = { mode: 'tags', always: true, budgetTokens: 4000, handling: 'as_reasoning_content' };
const OFF = { ...ON, mode: 'off', always: false };

describe('environmentReasoning', () => {
  it('says nothing where nothing is set', () => {
    expect(environmentReasoning({ PATH: '/bin' })).toBeUndefined();
  });

  it.each([
    [{ FAKE_REASONING: 'true' }, ON],
    [{ FAKE_REASONING: '' }, ON],
    [{ FAKE_REASONING: 'false' }, OFF],
    [{ FAKE_REASONING: ' False ' }, OFF],
    [{ FAKE_REASONING: '0' }, OFF],
    [{ FAKE_REASONING_MAX_TOKENS: '10000' }, { ...ON, budgetTokens: 10_000 }],
    [{ FAKE_REASONING_MAX_TOKENS: 'many' }, ON],
    [{ FAKE_REASONING_MAX_TOKENS: '-5' }, ON],
    [{ FAKE_REASONING_HANDLING: 'REMOVE' }, { ...ON, handling: 'remove' }],
    [{ FAKE_REASONING_HANDLING: 'pass' }, { ...ON, handling: 'pass' }],
    [{ FAKE_REASONING_HANDLING: 'strip_tags' }, { ...ON, handling: 'strip_tags' }],
    [{ FAKE_REASONING_HANDLING: 'something else' }, ON],
    [{ FAKE_REASONING_HANDLING: '' }, ON],
  ])('reads %j', (environment, reasoning) => {
    expect(environmentReasoning(environment)).toEqual(reasoning);
  });
});
