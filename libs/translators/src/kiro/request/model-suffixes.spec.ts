import { encode } from '../__fixtures__/encode.js';
import { system, user } from '../__fixtures__/requests.js';
import { AGENTIC_RULES } from './agentic-rules.js';

const ENABLED = '<thinking_mode>enabled</thinking_mode><max_thinking_length>20000</max_thinking_length>';

/** What stands of a request whose client used this name; the provider has made the vendor's id of it. */
const named = (requestedModel: string, upstreamModel: string, dialect = {}) =>
  encode({ messages: [system('S'), user('hi')] }, { requestedModel, upstreamModel, dialect });

describe('suffixes of the model’s name', () => {
  describe('reference vectors', () => {
    it('50: thinking by tags', () => {
      const { system: prompt, body } = named('claude-sonnet-4-5-20250929-thinking', 'CLAUDE_SONNET_4_5_20250929_V1_0');

      expect(prompt).toBe(`${ENABLED}\nS`);
      expect(body).not.toHaveProperty('additionalModelRequestFields');
    });

    it('52: an agent’s rules', () => {
      const { system: prompt } = named('claude-opus-4-6-1m-agentic', 'claude-opus-4.6');

      expect(prompt).toBe(`${AGENTIC_RULES}\n\nS`);
    });

    it('53: adaptive thinking', () => {
      const { body } = named('claude-opus-4-6-thinking', 'claude-opus-4.6');

      expect(body.additionalModelRequestFields).toEqual({
        output_config: { effort: 'high' },
        thinking: { type: 'adaptive', display: 'summarized' },
      });
    });

    it.each([
      'claude-haiku-4-5-thinking-agentic',
      'claude-haiku-4-5-agentic-thinking',
      'Claude-Haiku-4-5-AGENTIC-Thinking',
    ])('55: both in any order (%s)', (name) => {
      expect(named(name, 'claude-haiku-4.5').system).toBe(`${ENABLED}\n${AGENTIC_RULES}\n\nS`);
    });
  });

  it('replace what the request says of thinking, and say so', () => {
    const { system: prompt, warnings } = encode(
      { reasoning: { mode: 'on', budgetTokens: 5 } },
      { requestedModel: 'claude-sonnet-4-5-thinking' },
    );

    expect(prompt).toBe(ENABLED);
    expect(warnings).toMatchObject([{ path: '/reasoning', effect: 'changed' }]);
  });

  it('are the account’s own', () => {
    const dialect = { thinkingSuffix: '-reason' };

    expect(named('claude-sonnet-4-5-reason', 'claude-sonnet-4.5', dialect).system).toBe(`${ENABLED}\nS`);
    expect(named('claude-sonnet-4-5-thinking', 'claude-sonnet-4.5', dialect).system).toBe('S');
    expect(named('claude-sonnet-4-5-thinking', 'claude-sonnet-4.5', { thinkingSuffix: '' }).system).toBe('S');
  });

  it('count at the end of the name only', () => {
    expect(named('my-thinking-model', 'claude-sonnet-4.5').system).toBe('S');
  });
});

describe('AGENTIC_RULES', () => {
  it('say how much to write at once', () => {
    expect(AGENTIC_RULES).toMatch(/\b300 lines\b[^]*\b500 lines\b/);
  });
});
