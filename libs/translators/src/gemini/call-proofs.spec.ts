import type { CanonicalEvent, ContentBlock, JsonObject } from '@sluice/core';
import {
  assistant,
  call,
  chunkOf,
  contextFor,
  EMPTY,
  encode,
  readStreamFor,
  result,
  text,
  user,
} from './__fixtures__/exchange.js';
import { decodeResponse } from './decode-response.js';

const proof = (value: string) => ({ family: 'gemini' as const, value });
const signedBy = (value: string) => ({ ...proof(value), model: 'gemini-3-flash' });
const callPart = (name: string, thoughtSignature?: string): JsonObject => ({
  functionCall: { id: name, name, args: {} },
  ...(thoughtSignature !== undefined && { thoughtSignature }),
});
const thinking = (value: string, signature?: string): ContentBlock => ({
  type: 'reasoning',
  text: value,
  ...(signature !== undefined && { signature: proof(signature) }),
});

describe('the proof of a call', () => {
  describe('in an answer for clients that keep proofs at reasoning only', () => {
    const PARTS = [{ text: 'plan', thought: true }, callPart('a', 'one'), callPart('b'), callPart('c', 'two')];

    it.each(['anthropic-messages', 'openai-responses'])('stands in front of it (%s)', (clientFormat) => {
      const body = Buffer.from(JSON.stringify(chunkOf(PARTS, { finishReason: 'STOP' })));
      const { content } = decodeResponse(body, { ...contextFor('gemini-3-flash'), clientFormat }, EMPTY);

      expect(content).toEqual([
        { type: 'reasoning', text: 'plan', signature: signedBy('one') },
        call('a', 'a'),
        call('b', 'b'),
        { type: 'reasoning', text: '', signature: signedBy('two') },
        call('c', 'c'),
      ]);
    });

    it.each(['anthropic-messages', 'openai-responses'])('stands in front of it in a stream (%s)', (clientFormat) => {
      const events = readStreamFor(
        clientFormat,
        EMPTY,
        chunkOf([{ text: 'plan', thought: true }]),
        chunkOf([callPart('a', 'one')]),
        chunkOf([{ functionCall: { id: 'b', name: 'b', willContinue: true }, thoughtSignature: 'two' }]),
        chunkOf([{ functionCall: {} }], { finishReason: 'STOP' }),
      );

      expect(told(events)).toEqual([
        'reasoning',
        'proof one',
        'end',
        'tool-call',
        'end',
        'reasoning',
        'proof two',
        'end',
        'tool-call',
        'end',
      ]);
    });

    it.each(['openai-chat', 'gemini', undefined])('stays at the call for the others (%s)', (clientFormat) => {
      const events = readStreamFor(clientFormat, EMPTY, chunkOf([callPart('a', 'one')], { finishReason: 'STOP' }));

      expect(told(events)).toEqual(['tool-call', 'proof one', 'end']);
    });
  });

  describe('in a history', () => {
    const partsFor = (model: string, ...content: ContentBlock[]) => {
      const messages = [user(text('q')), assistant(...content), user(result('a', text('r')), result('b', text('r')))];
      const { body } = encode({ messages }, model);
      return (body['contents'] as { parts: JsonObject[] }[])[1]?.parts; // what the test has put there
    };

    it.each(['gemini-3-flash', 'gemini-2.5-flash'])('goes back to its call (%s)', (model) => {
      expect(partsFor(model, thinking('plan', 'one'), call('a', 'a'), thinking('', 'two'), call('b', 'b'))).toEqual([
        { text: 'plan', thought: true },
        callPart('a', 'one'),
        callPart('b', 'two'),
      ]);
    });

    it('does not take the place of one that is there', () => {
      const signed: ContentBlock = {
        type: 'tool-call',
        id: 'a',
        name: 'a',
        argumentsJson: '{}',
        signature: proof('own'),
      };

      expect(partsFor('gemini-3-flash', thinking('', 'other'), signed, call('b', 'b'))?.[1]).toEqual(
        callPart('a', 'own'),
      );
    });

    it('does not go past words to a call', () => {
      const parts = partsFor('gemini-3-flash', thinking('plan', 'one'), text('So:'), call('a', 'a'), call('b', 'b'));

      expect(parts).toEqual([
        { text: 'plan', thought: true, thoughtSignature: 'one' },
        { text: 'So:' },
        callPart('a', 'skip_thought_signature_validator'),
        callPart('b'),
      ]);
    });
  });
});

function told(events: readonly CanonicalEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'block-start') return [event.block.type];
    if (event.type === 'block-mark') return [`proof ${event.signature?.value}`];
    return event.type === 'block-end' ? ['end'] : [];
  });
}
