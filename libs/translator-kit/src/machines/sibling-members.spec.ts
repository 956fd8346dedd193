import type { CanonicalRequest, Extensions } from '@sluice/core';
import { reportForeign } from './report-foreign.js';
import { siblingMembers } from './sibling-members.js';

const requestWith = (extensions: Extensions): CanonicalRequest => ({
  model: 'm',
  stream: false,
  messages: [],
  tools: [],
  sampling: {},
  extensions,
});
const CHAT = requestWith({ 'openai-chat': { verbosity: 'low', prompt_cache_key: 'k', prediction: {} } });
const RESPONSES = requestWith({
  'openai-responses': { text: { verbosity: 'low' }, prompt_cache_key: 'k', truncation: 'auto' },
});

describe('siblingMembers', () => {
  it('says what the other format of OpenAI said, in the own words', () => {
    expect(siblingMembers(CHAT, 'openai-responses')).toEqual({ prompt_cache_key: 'k', text: { verbosity: 'low' } });
    expect(siblingMembers(RESPONSES, 'openai-chat')).toEqual({ prompt_cache_key: 'k', verbosity: 'low' });
  });

  it.each([
    ['nothing of its own', CHAT, 'openai-chat'],
    ['nothing of other vendors', requestWith({ gemini: { verbosity: 'low' } }), 'openai-responses'],
    ['nothing where nothing is', requestWith({ 'openai-chat': {} }), 'openai-responses'],
  ] as const)('says %s', (_what, request, format) => {
    expect(siblingMembers(request, format)).toEqual({});
  });

  it.each([
    [CHAT, 'openai-responses', ['Members that only openai-chat has were left out: prediction.']],
    [RESPONSES, 'openai-chat', ['Members that only openai-responses has were left out: truncation.']],
    [CHAT, 'gemini', ['Members that only openai-chat has were left out: verbosity, prompt_cache_key, prediction.']],
    [
      requestWith({ 'openai-responses': { text: { verbosity: 'low', other: 1 } } }),
      'openai-chat',
      ['Members that only openai-responses has were left out: text.'],
    ],
  ])('is not reported as lost (%#)', (request, format, expected) => {
    expect(reportForeign(request, format).map(({ message }) => message)).toEqual(expected);
  });
});
