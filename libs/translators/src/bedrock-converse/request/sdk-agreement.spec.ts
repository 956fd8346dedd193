import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { CanonicalRequest, JsonObject } from '@sluice/core';
import {
  assistant,
  call,
  CLAUDE,
  contextOf,
  functionTool,
  requestOf,
  result,
  system,
  user,
} from '../__fixtures__/requests.js';
import { VendorServer } from '../__fixtures__/vendor-server.js';
import { encodeRequest } from './encode-request.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The same request in our words and, checked by the vendor's types, in the official client's. */
const CASES: Record<string, { ours: Partial<CanonicalRequest>; theirs: Omit<ConverseCommandInput, 'modelId'> }> = {
  'system, sampling and stop': {
    ours: {
      messages: [system('Be brief.'), user('Grüße 🌍')],
      sampling: { maxOutputTokens: 100, temperature: 0.5, topK: 5, stop: ['END', ' '] },
    },
    theirs: {
      system: [{ text: 'Be brief.' }],
      messages: [{ role: 'user', content: [{ text: 'Grüße 🌍' }] }],
      inferenceConfig: { maxTokens: 100, temperature: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { top_k: 5 },
      additionalModelResponseFieldPaths: ['/stop_sequence', '/delta/stop_sequence'],
    },
  },
  'images and documents': {
    ours: {
      messages: [
        user(
          'What is this?',
          { type: 'image', mediaType: 'image/jpg', source: { kind: 'base64', value: base64('pixels') } },
          { type: 'image', source: { kind: 'url', value: 's3://bucket/picture.webp' } },
          { type: 'document', title: 'a.b.pdf', source: { kind: 'base64', value: base64('%PDF') } },
          {
            type: 'document',
            title: 'a.b.pdf',
            mediaType: 'text/plain',
            source: { kind: 'base64', value: base64('x') },
          },
        ),
      ],
    },
    theirs: {
      messages: [
        {
          role: 'user',
          content: [
            { text: 'What is this?' },
            { image: { format: 'jpeg', source: { bytes: bytes('pixels') } } },
            { image: { format: 'webp', source: { s3Location: { uri: 's3://bucket/picture.webp' } } } },
            { document: { format: 'pdf', name: 'a b', source: { bytes: bytes('%PDF') } } },
            { document: { format: 'txt', name: 'a b (2)', source: { bytes: bytes('x') } } },
          ],
        },
      ],
    },
  },
  'tools, calls and results': {
    ours: {
      messages: [
        user('q'),
        assistant('I look.', call('call:1', 'get.weather'), call('2', 'now', '')),
        user(
          { type: 'tool-result', callId: '2', content: [], isError: true },
          {
            type: 'tool-result',
            callId: 'call:1',
            isError: false,
            content: [
              { type: 'text', text: '21 °C' },
              { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: base64('map') } },
              { type: 'opaque', format: 'bedrock-converse', value: { json: { degrees: 21 } } },
            ],
          },
          'Go on.',
        ),
      ],
      tools: [
        functionTool('get.weather', { type: 'object', properties: {} }),
        { ...functionTool('now'), strict: true },
      ],
      toolChoice: { mode: 'named', name: 'get.weather' },
    },
    theirs: {
      messages: [
        { role: 'user', content: [{ text: 'q' }] },
        {
          role: 'assistant',
          content: [
            { text: 'I look.' },
            { toolUse: { toolUseId: 'call_1', name: 'get_weather', input: { city: 'Paris' } } },
            { toolUse: { toolUseId: '2', name: 'now', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: '2', content: [{ text: '(empty result)' }], status: 'error' } },
            {
              toolResult: {
                toolUseId: 'call_1',
                content: [
                  { text: '21 °C' },
                  { image: { format: 'png', source: { bytes: bytes('map') } } },
                  { json: { degrees: 21 } },
                ],
                status: 'success',
              },
            },
            { text: 'Go on.' },
          ],
        },
      ],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'get_weather',
              description: 'Does it.',
              inputSchema: { json: { type: 'object', properties: {} } },
            },
          },
          {
            toolSpec: {
              name: 'now',
              description: 'Does it.',
              inputSchema: { json: { type: 'object', properties: {} } },
              strict: true,
            },
          },
        ],
        toolChoice: { tool: { name: 'get_weather' } },
      },
    },
  },
  'reasoning and its proofs': {
    ours: {
      messages: [
        user('q'),
        assistant(
          { type: 'reasoning', text: 'hm', signature: { family: 'anthropic', value: 'c2ln' } },
          { type: 'reasoning', text: '', redacted: base64('sealed') },
          call('1'),
        ),
        user(result('1', 'wet')),
      ],
      tools: [functionTool('get_weather')],
      sampling: { maxOutputTokens: 9000 },
      reasoning: { mode: 'on', budgetTokens: 2000 },
    },
    theirs: {
      messages: [
        { role: 'user', content: [{ text: 'q' }] },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'hm', signature: 'c2ln' } } },
            { reasoningContent: { redactedContent: bytes('sealed') } },
            { toolUse: { toolUseId: '1', name: 'get_weather', input: { city: 'Paris' } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: '1', content: [{ text: 'wet' }] } }] },
      ],
      inferenceConfig: { maxTokens: 9000 },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'get_weather',
              description: 'Does it.',
              inputSchema: { json: { type: 'object', properties: {} } },
            },
          },
        ],
      },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } },
    },
  },
  'cache points': {
    ours: {
      messages: [
        { role: 'system', content: [{ type: 'text', text: 's', cache: {} }] },
        { role: 'user', content: [{ type: 'text', text: 'u', cache: { ttl: '1h' } }] },
      ],
      tools: [{ ...functionTool('f'), cache: { ttl: '5m' } }],
    },
    theirs: {
      system: [{ text: 's' }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text: 'u' }, { cachePoint: { type: 'default', ttl: '1h' } }] }],
      toolConfig: {
        tools: [
          {
            toolSpec: { name: 'f', description: 'Does it.', inputSchema: { json: { type: 'object', properties: {} } } },
          },
          { cachePoint: { type: 'default' } },
        ],
      },
    },
  },
  'a schema for the answer and a tier': {
    ours: {
      responseFormat: {
        type: 'json-schema',
        name: 'answer',
        schema: { type: 'object', properties: { n: { type: 'integer', minimum: 1 } } },
      },
      serviceTier: 'priority',
    },
    theirs: {
      messages: [{ role: 'user', content: [{ text: 'hi' }] }],
      serviceTier: { type: 'priority' },
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: {
            jsonSchema: {
              name: 'answer',
              schema:
                '{"type":"object","properties":{"n":{"type":"integer","description":"(minimum 1)"}},"additionalProperties":false}',
            },
          },
        },
      },
    },
  },
  'members of its own': {
    ours: {
      sampling: { topK: 3 },
      extensions: {
        'bedrock-converse': {
          guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' },
          performanceConfig: { latency: 'optimized' },
          requestMetadata: { team: 'search' },
          promptVariables: { name: { text: 'Ada' } },
          additionalModelRequestFields: { anthropic_beta: ['a'] },
        },
      },
    },
    theirs: {
      messages: [{ role: 'user', content: [{ text: 'hi' }] }],
      guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' },
      performanceConfig: { latency: 'optimized' },
      requestMetadata: { team: 'search' },
      promptVariables: { name: { text: 'Ada' } },
      additionalModelRequestFields: { top_k: 3, anthropic_beta: ['a'] },
    },
  },
};

describe('the official client', () => {
  let vendor: VendorServer;
  let client: BedrockRuntimeClient;

  beforeAll(async () => {
    vendor = await VendorServer.open();
    client = new BedrockRuntimeClient({
      region: 'us-east-1',
      endpoint: vendor.origin,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
      maxAttempts: 1,
    });
    vendor.answer({
      headers: { 'content-type': 'application/json' },
      pieces: [Buffer.from('{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn"}')],
    });
  });

  afterAll(async () => {
    client.destroy();
    await vendor.close();
  });

  it.each(Object.entries(CASES))('sends to the same path the body that we send: %s', async (_, { ours, theirs }) => {
    await client.send(new ConverseCommand({ modelId: CLAUDE, ...theirs }));

    const { path, body } = encodeRequest(requestOf({ stream: false, ...ours }), contextOf()).call;

    expect(path).toBe(vendor.lastPath);
    expect(JSON.parse(body.toString()) as JsonObject).toEqual(JSON.parse(vendor.lastBody));
  });
});
