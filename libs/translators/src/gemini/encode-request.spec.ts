import type { CanonicalRequest, ContentBlock } from '@sluice/core';
import { assistant, encode, text, user } from './__fixtures__/exchange.js';

const messages = [user(text('hi'))];

describe('encodeRequest', () => {
  it('puts model and stream flag into the path', () => {
    expect(encode({ messages }, 'gemini-2.5-pro')).toMatchObject({
      path: '/v1beta/models/gemini-2.5-pro:generateContent',
      query: '',
    });
    expect(encode({ messages, stream: true }, 'tunedModels/mine')).toMatchObject({
      path: '/v1beta/tunedModels/mine:streamGenerateContent',
      query: '?alt=sse',
    });
  });

  it('says sampling in generationConfig', () => {
    const sampling = {
      maxOutputTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      stop: ['a'],
      seed: 1,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      candidates: 2,
      logprobs: 30,
    };

    expect(encode({ messages, sampling }).body['generationConfig']).toEqual({
      maxOutputTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      stopSequences: ['a'],
      seed: 1,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      candidateCount: 2,
      responseLogprobs: true,
      logprobs: 20,
    });
  });

  it.each([
    ['default', 'standard'],
    ['standard_only', 'standard'],
    ['flex', 'flex'],
    ['priority', 'priority'],
    ['auto', undefined],
  ])('calls the tier %s %s', (serviceTier, expected) => {
    const { body, warnings } = encode({ messages, serviceTier });

    expect(body['serviceTier']).toBe(expected);
    expect(warnings).toEqual([]);
  });

  const openAiFile: ContentBlock = { type: 'document', source: { kind: 'file-id', value: 'file-abc' } };
  const bareImage: ContentBlock = { type: 'image', source: { kind: 'url', value: 'https://a.example/picture' } };
  const opaque: ContentBlock = { type: 'opaque', format: 'openai-chat', value: { type: 'x' } };
  const serverTool: ContentBlock = {
    type: 'server-tool',
    id: 's',
    tool: 'web_search',
    raw: { format: 'anthropic-messages', value: {} },
  };
  const cached: ContentBlock = { type: 'text', text: 'x', cache: {} };
  const foreignProof: ContentBlock = { type: 'text', text: 'x', signature: { family: 'openai', value: 'g' } };

  it.each<[string, Partial<CanonicalRequest>, string, string]>([
    ['a sixth stop sequence', { sampling: { stop: ['1', '2', '3', '4', '5', '6'] } }, '/sampling/stop', 'dropped'],
    ['an end user', { endUser: 'u' }, '/endUser', 'dropped'],
    ['an unknown tier', { serviceTier: 'scale' }, '/serviceTier', 'dropped'],
    ['one call at a time', { toolChoice: { mode: 'auto', parallel: false } }, '/toolChoice/parallel', 'dropped'],
    ['a choice of no function', { toolChoice: { mode: 'required' } }, '/toolChoice', 'dropped'],
    ['a file of another vendor', { messages: [user(text('a'), openAiFile)] }, '/messages/0/content/1', 'dropped'],
    ['an image of unknown type', { messages: [user(bareImage)] }, '/messages/0/content/0', 'approximated'],
    ['a block of another format', { messages: [user(text('a'), opaque)] }, '/messages/0/content/1', 'dropped'],
    [
      'a tool of another vendor',
      { messages: [user(text('a')), assistant(serverTool), ...messages] },
      '/messages/1/content/0',
      'dropped',
    ],
    ['a cache marker', { messages: [user(cached)] }, '/messages', 'dropped'],
    [
      'a foreign signature',
      { messages: [user(text('a')), assistant(foreignProof), ...messages] },
      '/messages',
      'dropped',
    ],
    [
      'members of another format',
      { extensions: { 'openai-chat': { logit_bias: {} } } },
      '/extensions/openai-chat',
      'dropped',
    ],
    [
      'a server tool of another vendor',
      { tools: [{ kind: 'server', tool: 'bash', raw: { format: 'anthropic-messages', value: {} } }] },
      '/tools/0',
      'dropped',
    ],
    [
      'arguments that are no JSON',
      {
        messages: [
          user(text('a')),
          assistant({ type: 'tool-call', id: 'c', name: 'f', argumentsJson: '{"a":' }),
          user({ type: 'tool-result', callId: 'c', content: [] }),
        ],
      },
      '/messages/1/content/0',
      'changed',
    ],
  ])('warns of %s', (_, request, path, effect) => {
    const { warnings } = encode({ messages, ...request });

    expect(warnings).toEqual([{ path, effect, message: expect.stringMatching(/^\S.*\.$/) }]);
  });

  it('a format of the answer and functions exclude each other on older models', () => {
    const request: Partial<CanonicalRequest> = {
      messages,
      tools: [{ kind: 'function', name: 'f', parameters: {} }],
      responseFormat: { type: 'json' },
    };

    expect(encode(request, 'gemini-2.5-pro')).toMatchObject({ warnings: [{ path: '/responseFormat' }] });
    expect(encode(request, 'gemini-2.5-pro').body['generationConfig']).toBeUndefined();
    expect(encode(request, 'gemini-3-flash').body['generationConfig']).toEqual({
      responseMimeType: 'application/json',
    });
  });
});
