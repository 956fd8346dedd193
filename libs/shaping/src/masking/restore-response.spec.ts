import type { ContentBlock } from '@sluice/core';
import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { restoreResponse } from './restore-response.js';

const mask = wordMaskOf('acme');
const P = mask.mask('acme');

describe('restoreResponse', () => {
  it.each<[block: ContentBlock, restored: ContentBlock]>([
    [
      { type: 'text', text: P, citations: [{ cited_text: P }] },
      { type: 'text', text: 'acme', citations: [{ cited_text: 'acme' }] },
    ],
    [
      { type: 'reasoning', text: P },
      { type: 'reasoning', text: 'acme' },
    ],
    [
      { type: 'refusal', text: P },
      { type: 'refusal', text: 'acme' },
    ],
    [
      { type: 'tool-call', id: 'c', name: 'n', argumentsJson: `{"${P}":"${P}"}` },
      { type: 'tool-call', id: 'c', name: 'n', argumentsJson: '{"acme":"acme"}' },
    ],
    [
      {
        type: 'server-tool',
        id: 's',
        tool: 't',
        input: { q: P },
        result: P,
        raw: { format: 'gemini', value: { q: P } },
      },
      {
        type: 'server-tool',
        id: 's',
        tool: 't',
        input: { q: 'acme' },
        result: 'acme',
        raw: { format: 'gemini', value: { q: 'acme' } },
      },
    ],
    [
      { type: 'opaque', format: 'gemini', value: { a: P } },
      { type: 'opaque', format: 'gemini', value: { a: 'acme' } },
    ],
    [
      { type: 'image', source: { kind: 'base64', value: P } },
      { type: 'image', source: { kind: 'base64', value: P } },
    ],
  ])('puts words into %j', (block, restored) => {
    const finishReason = { unified: 'stop', stopSequence: P } as const;

    const response = restoreResponse(
      { id: 'r', model: 'm', content: [block], finishReason, extensions: { gemini: { a: P } } },
      mask,
    );

    expect(response).toEqual({
      id: 'r',
      model: 'm',
      content: [restored],
      finishReason: { unified: 'stop', stopSequence: 'acme' },
      extensions: { gemini: { a: 'acme' } },
    });
  });

  it('marks the signature of reasoning that it has changed, for a client of another family', () => {
    const signature = { family: 'anthropic', value: 'proof' } as const;
    const content: readonly ContentBlock[] = [{ type: 'reasoning', text: P, signature }];
    const answer = { id: 'r', model: 'm', content, finishReason: { unified: 'stop' } } as const;
    const value = expect.stringMatching(/^masked-text:[0-9a-f]{16}:proof$/) as string;

    expect(restoreResponse(answer, mask, 'anthropic-messages').content[0]).toMatchObject({
      signature: { family: 'gemini', value },
    });
    expect(restoreResponse(answer, mask, 'gemini').content[0]).toMatchObject({
      signature: { family: 'openai', value },
    });
  });
});
