import { GatewayError, type CanonicalEvent } from '@sluice/core';
import { wordMaskOf } from '../__fixtures__/word-mask-of.js';
import { RestoringStream } from './restoring-stream.js';

const mask = wordMaskOf('acme');
const P = mask.mask('Acme');

function restored(...events: readonly CanonicalEvent[]): readonly CanonicalEvent[] {
  const emitted: CanonicalEvent[] = [];
  const stream = new RestoringStream(mask);
  for (const event of events) stream.push(event, (item) => emitted.push(item));
  stream.finish((item) => emitted.push(item));
  return emitted;
}

const start = (type: 'text' | 'reasoning' | 'refusal', index = 0): CanonicalEvent => ({
  type: 'block-start',
  index,
  block: { type },
});
const delta = (text: string, index = 0): CanonicalEvent => ({ type: 'block-delta', index, delta: text });
const end = (index = 0): CanonicalEvent => ({ type: 'block-end', index });

describe('RestoringStream', () => {
  it.each(['text', 'reasoning', 'refusal'] as const)('puts words into %s', (type) => {
    expect(restored(start(type), delta(`Hi ${P}!`), end())).toEqual([start(type), delta('Hi Acme!'), end()]);
  });

  it('holds back only what may be the beginning of a placeholder', () => {
    expect(restored(start('text'), delta('Hi MA'), delta(P.slice(2, 8)), delta(`${P.slice(8)}.`), end())).toEqual([
      start('text'),
      delta('Hi '),
      delta('Acme.'),
      end(),
    ]);
  });

  it('gives up what it held where nothing follows', () => {
    expect(restored(start('text'), delta('the MASK_12'), end())).toEqual([
      start('text'),
      delta('the '),
      delta('MASK_12'),
      end(),
    ]);
    expect(restored(start('text'), delta('M'))).toEqual([start('text'), delta('M')]);
  });

  it('keeps blocks that interleave apart', () => {
    const events = restored(start('text'), start('text', 1), delta('M'), delta(P, 1), delta(P.slice(1)), end(1), end());

    expect(events).toEqual([start('text'), start('text', 1), delta('Acme', 1), delta('Acme'), end(1), end()]);
  });

  it('writes words into arguments as JSON does, and never into bytes', () => {
    const quoted = wordMaskOf('say "it"');
    const placeholder = quoted.mask('say "it"');
    const call: CanonicalEvent = { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'c', name: 'n' } };
    const image: CanonicalEvent = { type: 'block-start', index: 1, block: { type: 'image' } };
    const emitted: CanonicalEvent[] = [];
    const stream = new RestoringStream(quoted);

    for (const event of [call, delta(`{"a":"${placeholder}"}`), image, delta(placeholder, 1)]) {
      stream.push(event, (item) => emitted.push(item));
    }

    expect(emitted).toEqual([call, delta('{"a":"say \\"it\\""}'), image, delta(placeholder, 1)]);
  });

  it('says what it holds before a mark', () => {
    const mark: CanonicalEvent = { type: 'block-mark', index: 0, citation: { cited_text: P } };

    expect(restored(start('text'), delta('M'), mark)).toEqual([
      start('text'),
      delta('M'),
      { type: 'block-mark', index: 0, citation: { cited_text: 'Acme' } },
    ]);
  });

  it('marks the signature of reasoning that it has changed, and no other', () => {
    const signature = { family: 'anthropic', value: 'proof' } as const;
    const mark: CanonicalEvent = { type: 'block-mark', index: 0, signature };

    const [, , changed] = restored(start('reasoning'), delta(`I know ${P}`), mark);
    const [, , unchanged] = restored(start('reasoning'), delta('I know'), mark);
    const [, , own] = restored(start('reasoning'), delta(`${P} is acme`), mark);

    expect(changed).toMatchObject({
      signature: { family: 'gemini', value: expect.stringMatching(/^masked-text:[0-9a-f]{16}:proof$/) as string },
    });
    expect([unchanged, own]).toEqual([mark, mark]);
  });

  it('puts words into errors, the stop sequence, opaque frames and what is carried', () => {
    const extensions = { gemini: { note: P } };
    const error = new GatewayError({
      kind: 'upstream_error',
      message: `no ${P}`,
      upstream: { status: 400, message: P },
    });

    const events = restored(
      { type: 'response-start', id: 'r', model: 'm', extensions },
      { type: 'opaque', format: 'gemini', frame: { kind: 'sse', data: `{"a":"${P}"}` } },
      { type: 'response-end', finishReason: { unified: 'stop', stopSequence: P }, extensions },
      { type: 'response-error', error },
    );

    expect(events).toMatchObject([
      { extensions: { gemini: { note: 'Acme' } } },
      { frame: { data: '{"a":"Acme"}' } },
      { finishReason: { stopSequence: 'Acme' }, extensions: { gemini: { note: 'Acme' } } },
      { error: { message: 'no Acme', upstream: { message: 'Acme' } } },
    ]);
  });
});
