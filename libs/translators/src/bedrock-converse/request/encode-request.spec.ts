import type { ContentBlock, JsonObject } from '@sluice/core';
import { encode, type Members } from '../__fixtures__/encode.js';
import { assistant, call, functionTool, result, user } from '../__fixtures__/requests.js';

const OPUS_47 = 'global.anthropic.claude-opus-4-7-v1:0';
const SONNET_37 = 'anthropic.claude-3-7-sonnet-20250219-v1:0';
const HAIKU_3 = 'anthropic.claude-3-haiku-20240307-v1:0';
const NOVA_1 = 'amazon.nova-pro-v1:0';
const LLAMA = 'us.meta.llama3-3-70b-instruct-v1:0';
const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123';

const THINKING = { sampling: { maxOutputTokens: 20_000 }, reasoning: { mode: 'on', budgetTokens: 4000 } } as const;
const TOOLS = [functionTool('get_weather')];
const LOOP = [user('q'), assistant(call('1')), user(result('1', 'wet'))];

describe('encodeRequest', () => {
  describe('path', () => {
    it.each([
      [true, HAIKU_3, '/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream'],
      [
        false,
        PROFILE,
        '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc123/converse',
      ],
    ])('names model and kind of answer (stream: %s, %s)', (stream, model, path) => {
      expect(encode({ stream }, model).path).toBe(path);
    });
  });

  describe('tools', () => {
    it.each([
      [{ mode: 'auto' }, { auto: {} }],
      [{ mode: 'required' }, { any: {} }],
      [{ mode: 'named', name: 'get_weather' }, { tool: { name: 'get_weather' } }],
    ] as const)('are chosen as %j', (toolChoice, wire) => {
      expect(encode({ tools: TOOLS, toolChoice }).body['toolConfig']).toMatchObject({ toolChoice: wire });
    });

    it('are left out where none may be called', () => {
      const { body, told } = encode({ tools: TOOLS, toolChoice: { mode: 'none' } });

      expect(body).not.toHaveProperty('toolConfig');
      expect(told).toEqual(['changed /toolChoice']);
    });

    it('stay where none may be called but the history has calls, with a word to the model', () => {
      const { body, told } = encode({ messages: LOOP, tools: TOOLS, toolChoice: { mode: 'none' } });

      expect(body['toolConfig']).toEqual({ tools: [expect.anything()] });
      expect(body['system']).toEqual([{ text: 'Answer without calling any tool.' }]);
      expect(told).toEqual(['approximated /toolChoice']);
    });

    it('are told in words where the history has calls and the request declares none', () => {
      const { body, told } = encode({ messages: LOOP });

      expect(body).toEqual({
        messages: [
          { role: 'user', content: [{ text: 'q' }] },
          { role: 'assistant', content: [{ text: '[Called the tool get_weather with {"city":"Paris"}]' }] },
          { role: 'user', content: [{ text: '[The tool call 1 gave:]' }, { text: 'wet' }] },
        ],
      });
      expect(told).toEqual(['approximated /messages/1/content/0', 'approximated /messages/2/content/0']);
    });

    it('keep names that are allowed and shorten others, so that none are alike', () => {
      const long = 'mcp__server__' + 'x'.repeat(70);
      const { body, told } = encode({ tools: [functionTool('a.b'), functionTool('a_b'), functionTool(long)] });

      const text = JSON.stringify(body['toolConfig']);
      const names = [...text.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name);
      expect(names.slice(0, 2)).toEqual(['a_b_2', 'a_b']);
      expect(names[2]).toMatch(/^mcp__server__x{34}_[0-9a-f]{16}$/);
      expect(told).toEqual(['changed /tools/0/name', 'changed /tools/2/name']);
    });

    it.each<[string, Members, string | undefined, string]>([
      [
        'a tool of another vendor',
        { tools: [{ kind: 'server', tool: 'web_search', raw: { format: 'x', value: {} } }] },
        undefined,
        'dropped /tools/0',
      ],
      [
        'one call at a time',
        { tools: TOOLS, toolChoice: { mode: 'auto', parallel: false } },
        undefined,
        'dropped /toolChoice/parallel',
      ],
      ['a choice without tools', { toolChoice: { mode: 'required' } }, undefined, 'dropped /toolChoice'],
      ['strictness', { tools: [{ ...functionTool('f'), strict: true }] }, SONNET_37, 'dropped /tools/0/strict'],
    ])('report what cannot be said: %s', (_, members, model, warning) => {
      expect(encode(members, model).told).toEqual([warning]);
    });

    it('failed results are only marked for models that know it', () => {
      const failed: ContentBlock = {
        type: 'tool-result',
        callId: '1',
        content: [{ type: 'text', text: 'no' }],
        isError: true,
      };
      const messages = [user('q'), assistant(call('1')), user(failed)];

      const { body, told } = encode({ messages, tools: TOOLS }, LLAMA);

      expect(JSON.stringify(body)).not.toContain('status');
      expect(told).toEqual(['dropped /messages/2/content/0']);
    });
  });

  describe('sampling', () => {
    it.each<[string, Members['sampling'], string | undefined, JsonObject, readonly string[]]>([
      [
        'a high temperature',
        { temperature: 1.7 },
        undefined,
        { inferenceConfig: { temperature: 1 } },
        ['changed /sampling/temperature'],
      ],
      [
        'one of two',
        { temperature: 0.2, topP: 0.9 },
        undefined,
        { inferenceConfig: { temperature: 0.2 } },
        ['dropped /sampling/topP'],
      ],
      ['both', { temperature: 0.2, topP: 0.9 }, LLAMA, { inferenceConfig: { temperature: 0.2, topP: 0.9 } }, []],
      ['none', { temperature: 0.2, topK: 1 }, OPUS_47, {}, ['dropped /sampling/temperature', 'dropped /sampling/topK']],
      ['top_k of Nova', { topK: 4 }, NOVA_1, { additionalModelRequestFields: { inferenceConfig: { topK: 4 } } }, []],
      ['top_k of Cohere', { topK: 4 }, 'cohere.command-r-v1:0', { additionalModelRequestFields: { k: 4 } }, []],
      ['top_k of Meta', { topK: 4 }, LLAMA, {}, ['dropped /sampling/topK']],
      [
        'what nobody has here',
        { seed: 1, presencePenalty: 1, frequencyPenalty: 1, logprobs: 2, candidates: 2 },
        undefined,
        {},
        ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs', 'candidates'].map(
          (name) => `dropped /sampling/${name}`,
        ),
      ],
    ])('%s', (_, sampling = {}, model, members, warnings) => {
      const { body, told } = encode({ sampling }, model);

      expect(body).toEqual({ messages: expect.anything(), ...members });
      expect(told).toEqual(warnings);
    });
  });

  describe('other members', () => {
    it.each([
      ['auto', undefined, []],
      ['standard_only', { type: 'default' }, []],
      ['flex', { type: 'flex' }, []],
      ['scale', undefined, ['dropped /serviceTier']],
    ])('the tier %s', (serviceTier, wire, warnings) => {
      const { body, told } = encode({ serviceTier });

      expect(body['serviceTier']).toEqual(wire);
      expect(told).toEqual(warnings);
    });

    it.each<[string, Members['responseFormat'], string]>([
      ['JSON of any shape', { type: 'json' }, 'Answer with one JSON object and nothing else'],
      [
        'a schema for a model that keeps to none',
        { type: 'json-schema', schema: { type: 'object' } },
        '{"type":"object"}',
      ],
    ])('asks in words for %s', (_, responseFormat, words) => {
      const { body, told } = encode({ ...(responseFormat && { responseFormat }) }, SONNET_37);

      expect(body['system']).toEqual([{ text: expect.stringContaining(words) }]);
      expect(told).toEqual(['approximated /responseFormat']);
    });

    it('does not tell who the user is', () => {
      expect(encode({ endUser: 'ada@example.com' })).toMatchObject({ told: ['dropped /endUser'] });
    });

    it('reports members that only another format has', () => {
      expect(encode({ extensions: { 'openai-chat': { store: true } } }).told).toEqual([
        'dropped /extensions/openai-chat',
      ]);
    });

    it('adds what the account declares, below what the request says', () => {
      const dialect = {
        region: 'us-east-1',
        guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' },
        additionalModelRequestFields: { anthropic_beta: ['b'], top_k: 1 },
      };
      const extensions = { 'bedrock-converse': { guardrailConfig: { guardrailVersion: '2' } } };

      const { body } = encode({ sampling: { topK: 9 }, extensions }, undefined, { dialect });

      expect(body['guardrailConfig']).toEqual({ guardrailIdentifier: 'g', guardrailVersion: '2' });
      expect(body['additionalModelRequestFields']).toEqual({ top_k: 1, anthropic_beta: ['b'] });
      expect(body).not.toHaveProperty('region');
    });

    it('takes the name that the client used as a hint where an ARN names no vendor', () => {
      const { body } = encode(THINKING, PROFILE, { requestedModel: 'claude-3-7-sonnet' });

      expect(body['additionalModelRequestFields']).toEqual({ thinking: { type: 'enabled', budget_tokens: 4000 } });
      expect(encode({ sampling: { topK: 4 } }, PROFILE, { requestedModel: 'nova' }).body).toMatchObject({
        additionalModelRequestFields: { inferenceConfig: { topK: 4 } },
      });
    });
  });
});
