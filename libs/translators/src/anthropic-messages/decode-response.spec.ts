import { readFileSync } from 'node:fs';
import { GatewayError, type CanonicalRequest, type JsonObject } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeResponse } from './decode-response.js';

const context: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'client-name',
  upstreamModel: 'claude-3-5-haiku-20241022',
  dialect: {},
};
const request: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };

const message = (members: JsonObject): Buffer =>
  Buffer.from(
    JSON.stringify({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [],
      stop_reason: 'end_turn',
      stop_sequence: null,
      ...members,
    }),
  );
const decode = (members: JsonObject, asked: CanonicalRequest = request) =>
  decodeResponse(message(members), context, asked);

describe('decodeResponse', () => {
  it('reads an answer with everything in it', () => {
    const folder = new URL('./__fixtures__/responses/', import.meta.url);
    const canonical: unknown = JSON.parse(readFileSync(new URL('everything.canonical.json', folder), 'utf8'));

    expect(decodeResponse(readFileSync(new URL('everything.json', folder)), context, request)).toEqual(canonical);
  });

  it('row 17: counts what was read from and written to the cache as input', () => {
    const usage = { input_tokens: 10, cache_read_input_tokens: 90, cache_creation_input_tokens: 5, output_tokens: 1 };

    expect(decode({ usage }).usage).toMatchObject({ input: 105, cacheRead: 90, cacheWrite5m: 5, output: 1 });
  });

  it('row 19: keeps sealed thinking apart from what can be read', () => {
    const content = [
      { type: 'redacted_thinking', data: 'sealed' },
      { type: 'text', text: 'a' },
    ];

    expect(decode({ content }).content).toEqual([
      { type: 'reasoning', text: '', redacted: 'sealed' },
      { type: 'text', text: 'a' },
    ]);
  });

  it('row 20: reads a refusal, with its details for clients of this format', () => {
    const details = { type: 'refusal', category: 'cyber', explanation: 'no' };

    expect(decode({ stop_reason: 'refusal', stop_details: details })).toMatchObject({
      content: [{ type: 'refusal', text: 'no' }],
      finishReason: { unified: 'refusal', raw: 'refusal' },
      extensions: { 'anthropic-messages': { stop_details: details } },
    });
  });

  it('reads why the model refused behind what it had said', () => {
    const content = [{ type: 'text', text: 'a' }];
    const stop_details = { type: 'refusal', category: null, explanation: 'no' };

    expect(decode({ content, stop_reason: 'refusal', stop_details }).content).toMatchObject([
      { type: 'text', text: 'a' },
      { type: 'refusal', text: 'no' },
    ]);
  });

  it.each([
    ['an explanation of null', { stop_reason: 'refusal', stop_details: { explanation: null } }],
    ['no details', { stop_reason: 'refusal', stop_details: null }],
    ['details of another end', { stop_reason: 'end_turn', stop_details: { explanation: 'x' } }],
  ])('makes no block of %s', (_, members) => {
    expect(decode(members).content).toEqual([]);
  });

  it('gives every call an id of its own', () => {
    const content = ['t', 't', 'u'].map((id) => ({ type: 'tool_use', id, name: 'f', input: {} }));

    expect(decode({ content, stop_reason: 'tool_use' }).content).toMatchObject([
      { id: 't' },
      { id: 't_2' },
      { id: 'u' },
    ]);
  });

  it('trusts the vendor that a signature is its own', () => {
    expect(decode({ content: [{ type: 'thinking', thinking: 't', signature: 'any' }] }).content).toEqual([
      { type: 'reasoning', text: 't', signature: { family: 'anthropic', value: 'any', model: 'claude' } },
    ]);
  });

  it.each([
    ['stop', 'end_turn', [{ type: 'tool_use', id: 't', name: 'f', input: {} }], 'tool-calls'],
    ['tool use', 'tool_use', [], 'stop'],
  ])('does not believe in %s when the content says otherwise', (_, stopReason, content, unified) => {
    expect(decode({ stop_reason: stopReason, content }).finishReason).toEqual({ unified, raw: stopReason });
  });

  it('names calls as the client named its tools', () => {
    const tools = [{ kind: 'function', name: 'mcp.read file', parameters: {} } as const];
    const content = [{ type: 'tool_use', id: 't', name: 'mcp_read_file', input: {} }];

    expect(decode({ content }, { ...request, tools }).content).toMatchObject([{ name: 'mcp.read file' }]);
  });

  it('unwraps the answer that was asked for as a tool call', () => {
    const asked = { ...request, responseFormat: { type: 'json-schema', schema: { type: 'object' } } } as const;
    const content = [{ type: 'tool_use', id: 't', name: 'sluice_json_answer', input: { a: 1 } }];

    expect(decode({ content, stop_reason: 'tool_use' }, asked)).toMatchObject({
      content: [{ type: 'text', text: '{"a":1}' }],
      finishReason: { unified: 'stop' },
    });
  });

  it('says that it does not know why an answer without a stop reason ended', () => {
    expect(decode({ stop_reason: null }).finishReason).toEqual({ unified: 'other' });
  });

  it.each([
    ['', 'upstream_invalid_response'],
    ['[]', 'upstream_invalid_response'],
    ['{"type":"message"}', 'upstream_invalid_response'],
    ['{"type":"message","content":["x"]}', 'upstream_invalid_response'],
    ['{"type":"error","error":{"type":"overloaded_error","message":"no"}}', 'upstream_overloaded'],
  ])('fails for %j', (body, kind) => {
    const attempt = () => decodeResponse(Buffer.from(body), context, request);

    expect(attempt).toThrow(GatewayError);
    expect(attempt).toThrow(expect.objectContaining({ kind }));
  });
});
