import { readFileSync } from 'node:fs';
import type { CanonicalRequest, Extensions, JsonObject } from '@sluice/core';
import { carriedFor, foreignMembers } from '@sluice/translator-kit';
import { decodeRequest } from './decode-request.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`./__fixtures__/requests/${name}`, import.meta.url));

const decodeBytes = (body: Buffer): CanonicalRequest => decodeRequest({ path: '/v1/messages', query: '', body });
const decode = (members: JsonObject): CanonicalRequest =>
  decodeBytes(Buffer.from(JSON.stringify({ model: 'm', max_tokens: 5, messages: [], ...members })));
const contentOf = (content: JsonObject[], role = 'user') =>
  decode({ messages: [{ role, content }] }).messages[0]?.content;

describe('decodeRequest', () => {
  it.each(['agent-loop', 'media', 'server-tools', 'short-forms'])('reads %s as its canonical request', (name) => {
    const canonical: unknown = JSON.parse(fixture(`${name}.canonical.json`).toString());

    expect(decodeBytes(fixture(`${name}.json`))).toEqual(canonical);
  });

  it.each([
    ['no model', { model: 7 }, 'model'],
    ['messages that are no list', { messages: {} }, 'messages'],
    ['a turn that is no object', { messages: ['hi'] }, 'messages.0'],
    ['a role that Anthropic has not', { messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
    ['no content', { messages: [{ role: 'user' }] }, 'messages.0.content'],
    ['a block that is no object', { messages: [{ role: 'user', content: [1] }] }, 'messages.0.content.0'],
    ['tools that are no list', { tools: 'f' }, 'tools'],
    ['a tool without a name', { tools: [{ input_schema: {} }] }, 'tools.0.name'],
    ['a history that Anthropic holds', { thread: { type: 'continue', previous_message_id: 'msg_1' } }, 'thread'],
  ])('refuses %s', (_, members, param) => {
    expect(() => decode(members)).toThrow(expect.objectContaining({ kind: 'invalid_request', param }));
  });

  it('carries a block that it cannot read', () => {
    const broken = { type: 'image', source: { type: 'yet_to_be_invented' } };

    expect(contentOf([broken])).toEqual([{ type: 'opaque', format: 'anthropic-messages', value: broken }]);
  });

  it.each([
    ['gAAAAABo', 'openai'],
    ['EhgKFggMGAIqEG5vdCBhIHJlYWwgcHJvb2Y=', 'anthropic'],
    ['whatever', 'unknown'],
  ])('recognises whose the signature %s is', (signature, family) => {
    expect(contentOf([{ type: 'thinking', thinking: 't', signature }], 'assistant')).toEqual([
      { type: 'reasoning', text: 't', signature: { family, value: signature } },
    ]);
  });

  it.each([
    [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, { mode: 'on', budgetTokens: 2048 }],
    [{ thinking: { type: 'adaptive', display: 'omitted' } }, { mode: 'adaptive', show: 'none' }],
    [
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
      { mode: 'adaptive', effort: 'low' },
    ],
    [{ thinking: { type: 'disabled' } }, { mode: 'off' }],
    [{ thinking: { type: 'between_tools' } }, { mode: 'off' }],
    [{ output_config: { effort: 'max' } }, { mode: 'adaptive', effort: 'max' }],
    [{ thinking: { type: 'constructor' } }, undefined],
    [{}, undefined],
  ])('reads the reasoning of %j', (members, reasoning) => {
    expect(decode(members).reasoning).toEqual(reasoning);
  });

  it.each([
    [{ type: 'auto' }, { mode: 'auto' }],
    [
      { type: 'auto', disable_parallel_tool_use: true },
      { mode: 'auto', parallel: false },
    ],
    [
      { type: 'any', disable_parallel_tool_use: false },
      { mode: 'required', parallel: true },
    ],
    [
      { type: 'tool', name: 'f' },
      { mode: 'named', name: 'f' },
    ],
  ])('reads the tool choice %j', (choice, canonical) => {
    expect(decode({ tool_choice: choice }).toolChoice).toEqual(canonical);
  });

  it.each<[JsonObject, string | undefined, string[]]>([
    [{ user_id: 'u' }, 'u', []],
    [{ user_id: 'u', team: 'a' }, 'u', ['metadata']],
    [{ team: 'a' }, undefined, ['metadata']],
    [{ user_id: null }, undefined, ['metadata']],
  ])('reads the user of metadata %j and carries the rest', (metadata, user, missed) => {
    const { extensions, endUser } = decode({ metadata });

    expect(endUser).toBe(user);
    expect(foreignMembers(extensions, 'acme').flatMap(({ names }) => names)).toEqual(missed);
    expect(carriedFor(extensions, 'anthropic-messages')).toEqual({ metadata });
  });

  it.each<JsonObject>([
    { output_config: { effort: 'low' } },
    { messages: [{ role: 'system', content: 's' }] },
    { tools: [{ type: 'bash_20250124', name: 'bash' }] },
  ])('leaves nothing of %j for other formats to miss', (members) => {
    const { extensions, messages, tools } = decode(members);
    const nodes = [{ extensions }, ...messages, ...(tools as readonly { extensions?: Extensions }[])];

    expect(nodes.flatMap((node) => foreignMembers(node.extensions, 'acme'))).toEqual([]);
  });

  it('gives a tool that the client runs the schema that other models need', () => {
    const [tool] = decode({ tools: [{ type: 'text_editor_20250728', name: 'str_replace_based_edit_tool' }] }).tools;

    expect(tool).toMatchObject({
      kind: 'function',
      name: 'str_replace_based_edit_tool',
      parameters: {
        properties: { command: { enum: expect.arrayContaining(['view']) } },
        required: ['command', 'path'],
      },
      extensions: { 'anthropic-messages': { '~said': { type: 'text_editor_20250728' } } },
    });
  });

  describe('for Chat upstreams', () => {
    it('row 24: keeps text and tool result in their order, in one user message', () => {
      const content = contentOf([
        { type: 'text', text: 'and' },
        { type: 'tool_result', tool_use_id: 't', content: 'r' },
      ]);

      expect(content).toEqual([
        { type: 'text', text: 'and' },
        { type: 'tool-result', callId: 't', content: [{ type: 'text', text: 'r' }] },
      ]);
    });

    it('row 25: reads an object as tool result as its JSON', () => {
      expect(contentOf([{ type: 'tool_result', tool_use_id: 't', content: { foo: 'bar' } }])).toMatchObject([
        { type: 'tool-result', content: [{ type: 'text', text: '{"foo":"bar"}' }] },
      ]);
    });

    it('row 26: keeps thinking, texts and calls of one turn in their order', () => {
      const content = contentOf(
        [
          { type: 'thinking', thinking: 't1', signature: '' },
          { type: 'text', text: 'pre' },
          { type: 'tool_use', id: 'c', name: 'f', input: { a: 1 } },
          { type: 'thinking', thinking: 't2', signature: '' },
          { type: 'text', text: 'post' },
        ],
        'assistant',
      );

      expect(content).toEqual([
        { type: 'reasoning', text: 't1' },
        { type: 'text', text: 'pre' },
        { type: 'tool-call', id: 'c', name: 'f', argumentsJson: '{"a":1}' },
        { type: 'reasoning', text: 't2' },
        { type: 'text', text: 'post' },
      ]);
    });

    it('row 27: shows that thinking is not signed', () => {
      expect(contentOf([{ type: 'thinking', thinking: 't', signature: '' }], 'assistant')).toEqual([
        { type: 'reasoning', text: 't' },
      ]);
    });

    it('row 28: leaves a system turn in its place', () => {
      const { messages } = decode({
        system: 'S',
        messages: [
          { role: 'user', content: 'a' },
          { role: 'system', content: 'b' },
          { role: 'user', content: 'c' },
        ],
      });

      expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'system', 'user']);
    });

    it('row 29: shows Claude Code’s attribution to nobody but Anthropic', () => {
      const text = 'x-anthropic-billing-header: cc_version=1';

      const { messages } = decode({ system: [{ type: 'text', text }] });

      expect(messages).toEqual([
        { role: 'system', content: [{ type: 'opaque', format: 'anthropic-messages', value: { type: 'text', text } }] },
      ]);
    });

    it('row 30: leaves a schema without properties as it is', () => {
      const { tools } = decode({ tools: [{ name: 'f', input_schema: { type: 'object' } }] });

      expect(tools).toEqual([{ kind: 'function', name: 'f', parameters: { type: 'object' } }]);
    });

    it('row 31: reads tool choice none', () => {
      expect(decode({ tool_choice: { type: 'none' } }).toolChoice).toEqual({ mode: 'none' });
    });

    it('row 32: reads stop sequences as a list', () => {
      expect(decode({ stop_sequences: ['x'] }).sampling.stop).toEqual(['x']);
    });

    it('row 66: carries what only Anthropic’s tools have beside the declaration', () => {
      const { tools } = decode({
        tools: [
          {
            type: 'custom',
            name: 'f',
            input_schema: { type: 'object' },
            cache_control: { type: 'ephemeral' },
            defer_loading: true,
            input_examples: [{}],
          },
        ],
      });

      expect(tools).toEqual([
        {
          kind: 'function',
          name: 'f',
          parameters: { type: 'object' },
          cache: {},
          extensions: { 'anthropic-messages': { defer_loading: true, input_examples: [{}] } },
        },
      ]);
    });
  });
});
