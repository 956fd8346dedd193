import type { CanonicalRequest, ContentBlock } from '@sluice/core';
import { TokenCounter } from './token-counter.js';
import { TokenEstimate } from './token-estimate.js';

/** Counts every character as a token, so that each text shows. */
class CharCounter extends TokenCounter {
  count(texts: readonly string[]): Promise<number> {
    return Promise.resolve(texts.join('').length);
  }
}

const estimate = new TokenEstimate(new CharCounter());
const request = (content: readonly ContentBlock[], members: Partial<CanonicalRequest> = {}): CanonicalRequest => ({
  model: 'm',
  stream: false,
  messages: [{ role: 'user', content }],
  tools: [],
  sampling: {},
  ...members,
});

describe('TokenEstimate', () => {
  it('counts roles, texts and what stands around them', async () => {
    expect(await estimate.input(request([{ type: 'text', text: '12345' }]), 'gpt')).toBe(3 + 3 + 4 + 5);
  });

  it('counts tools with their schemas', async () => {
    const tools = [{ kind: 'function', name: 'look', description: 'up', parameters: { a: 1 } }] as const;

    const without = await estimate.input(request([]), 'gpt');
    expect(await estimate.input(request([], { tools }), 'gpt')).toBe(without + 12 + 8 + 4 + 2 + 7);
  });

  it.each<[string, ContentBlock, number]>([
    ['reasoning', { type: 'reasoning', text: '123' }, 3],
    ['a call', { type: 'tool-call', id: 'c', name: 'ab', argumentsJson: '{}' }, 4],
    ['a result', { type: 'tool-result', callId: 'c', content: [{ type: 'text', text: '1234' }] }, 4],
    ['an image', { type: 'image', source: { kind: 'url', value: 'x' } }, 765],
    ['a PDF', { type: 'document', mediaType: 'application/pdf', source: { kind: 'file-id', value: 'x' } }, 1500],
    ['a text file', { type: 'document', mediaType: 'text/plain', source: { kind: 'base64', value: 'YWJj' } }, 3],
    ['a block of a vendor’s own', { type: 'opaque', format: 'f', value: { a: 1 } }, 7],
  ])('counts %s', async (_, block, tokens) => {
    const without = await estimate.input(request([]), 'gpt');

    expect(await estimate.input(request([block]), 'gpt')).toBe(without + tokens);
  });

  it('knows Claude’s larger numbers', async () => {
    const asked = request([{ type: 'text', text: 'x'.repeat(90) }]);
    const tools = [{ kind: 'function', name: 'a', parameters: {} }] as const;

    expect(await estimate.input(asked, 'claude-sonnet-4-5')).toBe(115);
    expect(await estimate.input({ ...asked, tools }, 'CLAUDE-x')).toBe(Math.ceil((100 + 12 + 8 + 3) * 1.15) + 346);
  });
});
