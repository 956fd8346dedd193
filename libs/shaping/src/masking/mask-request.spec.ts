import type { CanonicalRequest, ContentBlock, Signature } from '@sluice/core';
import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { maskRequest } from './mask-request.js';
import { markProof } from './masked-proof.js';

const mask = wordMaskOf('acme');
const P = mask.mask('acme');
const SIGNED: Signature = { family: 'anthropic', value: 'proof' };

function requestWith(content: readonly ContentBlock[], more: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return {
    model: 'acme-model',
    stream: false,
    messages: [{ role: 'assistant', content }],
    tools: [],
    sampling: {},
    ...more,
  };
}

function maskedBlocks(...blocks: readonly ContentBlock[]) {
  const { request, warnings } = maskRequest(requestWith(blocks), mask);
  return { content: request.messages[0]?.content, warnings };
}

describe('maskRequest', () => {
  it.each<[what: string, block: ContentBlock, masked: ContentBlock]>([
    [
      'text',
      { type: 'text', text: 'of acme', citations: [{ cited_text: 'acme', document_id: 'acme' }] },
      { type: 'text', text: `of ${P}`, citations: [{ cited_text: P, document_id: 'acme' }] },
    ],
    ['unsigned reasoning', { type: 'reasoning', text: 'acme' }, { type: 'reasoning', text: P }],
    [
      'reasoning whose proof does not cover its text',
      { type: 'reasoning', text: 'acme', signature: { family: 'openai', value: 'x' } },
      { type: 'reasoning', text: P, signature: { family: 'openai', value: 'x' } },
    ],
    ['a refusal', { type: 'refusal', text: 'acme' }, { type: 'refusal', text: P }],
    [
      'the title of a document and none of its bytes',
      { type: 'document', title: 'acme', source: { kind: 'base64', value: 'acme' } },
      { type: 'document', title: P, source: { kind: 'base64', value: 'acme' } },
    ],
    [
      'arguments, but neither the name nor the id of a call',
      { type: 'tool-call', id: 'acme', name: 'acme', argumentsJson: '{"a":"acme"}' },
      { type: 'tool-call', id: 'acme', name: 'acme', argumentsJson: `{"a":"${P}"}` },
    ],
    [
      'a tool’s result',
      { type: 'tool-result', callId: 'acme', content: [{ type: 'text', text: 'acme' }] },
      { type: 'tool-result', callId: 'acme', content: [{ type: 'text', text: P }] },
    ],
    [
      'what a vendor’s tool was asked and found',
      {
        type: 'server-tool',
        id: 'acme',
        tool: 'search',
        input: { q: 'acme' },
        result: ['acme'],
        raw: { format: 'gemini', value: { query: 'acme', id: 'acme' } },
      },
      {
        type: 'server-tool',
        id: 'acme',
        tool: 'search',
        input: { q: P },
        result: [P],
        raw: { format: 'gemini', value: { query: P, id: 'acme' } },
      },
    ],
    [
      'a block that nobody knows',
      { type: 'opaque', format: 'gemini', value: { note: 'acme' } },
      { type: 'opaque', format: 'gemini', value: { note: P } },
    ],
    [
      'what a block carries',
      { type: 'text', text: '', extensions: { gemini: { note: 'acme' } } },
      { type: 'text', text: '', extensions: { gemini: { note: P } } },
    ],
  ])('masks %s', (_what, block, masked) => {
    expect(maskedBlocks(block)).toEqual({ content: [masked], warnings: [] });
  });

  it('masks tools, formats, stop sequences and the end user, but not the model', () => {
    const schema = { properties: { acme: { description: 'acme' } } };
    const masked = { properties: { [P]: { description: P } } };
    const request = requestWith([], {
      tools: [
        { kind: 'function', name: 'acme', description: 'acme', parameters: schema },
        { kind: 'server', tool: 'search', raw: { format: 'gemini', value: { hint: 'acme' } } },
      ],
      sampling: { stop: ['acme'], temperature: 1 },
      responseFormat: { type: 'json-schema', name: 'acme', schema },
      endUser: 'acme',
      extensions: { gemini: { labels: { a: 'acme' } } },
    });

    expect(maskRequest(request, mask).request).toEqual({
      ...requestWith([]),
      tools: [
        { kind: 'function', name: 'acme', description: P, parameters: masked },
        { kind: 'server', tool: 'search', raw: { format: 'gemini', value: { hint: P } } },
      ],
      sampling: { stop: [P], temperature: 1 },
      responseFormat: { type: 'json-schema', name: 'acme', schema: masked },
      endUser: P,
      extensions: { gemini: { labels: { a: P } } },
    });
  });

  describe('of signed reasoning', () => {
    it('gives the vendor back the very text that it has signed', () => {
      const signature = markProof(SIGNED, `I know ${P}.`);

      expect(maskedBlocks({ type: 'reasoning', text: 'I know acme.', signature })).toEqual({
        content: [{ type: 'reasoning', text: `I know ${P}.`, signature: SIGNED }],
        warnings: [],
      });
    });

    it('leaves text without a word alone', () => {
      const block: ContentBlock = { type: 'reasoning', text: 'nothing', signature: SIGNED };

      expect(maskedBlocks(block)).toEqual({ content: [block], warnings: [] });
    });

    it.each<[what: string, signature: Signature]>([
      ['that was signed with the word in it', SIGNED],
      ['whose masked text was another', markProof(SIGNED, 'I knew MASK_0000000000.')],
    ])('leaves out text %s, and says so', (_what, signature) => {
      const { content, warnings } = maskedBlocks({ type: 'reasoning', text: 'I know acme.', signature });

      expect(content).toEqual([]);
      expect(warnings).toEqual([
        {
          path: '/messages/0/content/0',
          effect: 'dropped',
          message: 'Reasoning with a masked word was left out: its signature would not be true of the masked text.',
        },
      ]);
    });
  });
});
