import { readModels } from './read-models.js';

const CHAT = { type: 'chat' };

describe('readModels', () => {
  it('keeps the names of the vendor, and what it says of each model', () => {
    const models = readModels([
      {
        id: 'claude-sonnet-4.5',
        name: 'Claude Sonnet 4.5',
        vendor: 'Anthropic',
        supported_endpoints: ['/chat/completions', '/v1/messages'],
        capabilities: {
          ...CHAT,
          limits: { max_context_window_tokens: 144000, max_prompt_tokens: 128000, max_output_tokens: 16000 },
        },
      },
    ]);

    expect(models).toEqual([
      {
        info: {
          id: 'claude-sonnet-4.5',
          displayName: 'Claude Sonnet 4.5',
          ownedBy: 'Anthropic',
          maxInputTokens: 128000,
          maxOutputTokens: 16000,
        },
        formats: ['anthropic-messages', 'openai-chat'],
      },
    ]);
  });

  it.each([
    ['both APIs', { supported_endpoints: ['/responses', '/chat/completions'] }, ['openai-chat', 'openai-responses']],
    ['Responses alone', { supported_endpoints: ['/responses', 'ws:/responses'] }, ['openai-responses']],
    ['no endpoints', { capabilities: CHAT }, ['openai-chat']],
    ['embeddings', { capabilities: { type: 'embeddings' } }, ['openai-embeddings']],
    ['nothing at all', {}, ['openai-chat']],
    ['terms that are not accepted yet', { policy: { state: 'unconfigured' } }, ['openai-chat']],
  ])('reads the formats of a model with %s', (_case, members, formats) => {
    expect(readModels([{ id: 'm', ...members }])).toEqual([{ info: { id: 'm' }, formats }]);
  });

  it.each([
    ['is switched off', { id: 'm', policy: { state: 'disabled' } }],
    ['completes text in an editor', { id: 'm', capabilities: { type: 'completion' } }],
    ['is of a kind that nobody knows', { id: 'm', capabilities: { type: 'constructor' } }],
    ['has no endpoint of ours', { id: 'm', supported_endpoints: ['ws:/responses'] }],
    ['has no name', { name: 'M' }],
    ['is none', 'm'],
  ])('leaves out what %s', (_case, entry) => {
    expect(readModels([entry])).toEqual([]);
  });

  it('counts the whole window where the prompt has no limit of its own', () => {
    const limits = { max_context_window_tokens: 128000, max_output_tokens: 0 };

    expect(readModels([{ id: 'm', capabilities: { ...CHAT, limits } }])[0]?.info).toEqual({
      id: 'm',
      maxInputTokens: 128000,
    });
  });
});
