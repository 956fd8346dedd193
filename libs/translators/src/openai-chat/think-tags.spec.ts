import type { CanonicalEvent, CanonicalRequest, ContentBlock, WireFrame } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import { ResponseAccumulator, type TranslationContext } from '@sluice/translator-kit';
import { openAiChat } from './format.js';

const { translation } = openAiChat.upstream;
const REQUEST: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const contextOf = (dialect: TranslationContext['dialect']): TranslationContext => ({
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'm',
  upstreamModel: 'qwen3',
  dialect,
});
const TAGGED = contextOf({ thinkTags: true });

const TEXT = '<think>\nÜber 9.11 nachdenken </i></think>\n\n9.9 ist größer.';
const SPLIT: readonly ContentBlock[] = [
  { type: 'reasoning', text: 'Über 9.11 nachdenken </i>' },
  { type: 'text', text: '9.9 ist größer.' },
];

const chunkOf = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', model: 'qwen3', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const streamOf = (...pieces: readonly string[]): string =>
  [...pieces.map((content) => chunkOf({ content })), chunkOf({}, 'stop'), 'data: [DONE]\n\n'].join('');

function contentOf(chunks: readonly Buffer[], context = TAGGED): readonly ContentBlock[] {
  const parser = new SseParser();
  const decoder = translation.createStreamDecoder(context, REQUEST);
  const whole = new ResponseAccumulator();
  let content: readonly ContentBlock[] = [];
  const keep = (event: CanonicalEvent): void =>
    whole.push(event, (outcome) => {
      if (outcome.type === 'response') content = outcome.response.content;
    });
  const read = (frame: WireFrame): void => decoder.push(frame, keep);
  for (const chunk of chunks) parser.push(chunk, read);
  parser.finish(read);
  decoder.finish(keep);
  return content;
}

function answerOf(content: string, context = TAGGED): readonly ContentBlock[] {
  const message = { role: 'assistant', content };
  const body = { id: 'c', model: 'qwen3', choices: [{ index: 0, message, finish_reason: 'stop' }] };
  return translation.decodeResponse(Buffer.from(JSON.stringify(body)), context, REQUEST).content;
}

describe('thinking that a vendor leaves in the text', () => {
  it('is reasoning in an answer', () => {
    expect(answerOf(TEXT)).toEqual(SPLIT);
  });

  it('is reasoning in a stream, wherever the text is cut into deltas', () => {
    const cuts = Array.from(TEXT, (_, at) => [TEXT.slice(0, at), TEXT.slice(at)]);

    for (const pieces of cuts) expect(contentOf([Buffer.from(streamOf(...pieces))])).toEqual(SPLIT);
  });

  it('is reasoning in a stream, wherever the bytes are cut', () => {
    const bytes = Buffer.from(streamOf(TEXT));

    for (let at = 0; at <= bytes.length; at += 1) {
      expect(contentOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(SPLIT);
    }
  });

  it('stands before a call', () => {
    const call = { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const stream = [chunkOf({ content: '<think>hm</think>' }), chunkOf({ tool_calls: [call] }, 'tool_calls')].join('');

    expect(contentOf([Buffer.from(stream)])).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'tool-call', id: 'a', name: 'f', argumentsJson: '{}' },
    ]);
  });

  it.each([
    ['in an answer', (context: TranslationContext) => answerOf(TEXT, context)],
    ['in a stream', (context: TranslationContext) => contentOf([Buffer.from(streamOf(TEXT))], context)],
  ])('stays text %s unless the account says otherwise', (_, read) => {
    expect(read(contextOf({}))).toEqual([{ type: 'text', text: TEXT }]);
  });
});
