import { contentFrame, structureFrame, terminalFrame } from './answer-plan.js';
import { applyFaults, bodyFrames } from './apply-faults.js';
import type { MockBehaviour } from './behaviour.js';

const FRAMES = [
  structureFrame('<start>'),
  contentFrame('a'),
  contentFrame('b'),
  structureFrame('<border>'),
  contentFrame('c'),
  terminalFrame('<stop>'),
  terminalFrame('<done>'),
];

const apply = (behaviour: MockBehaviour): [string, string] => {
  const { frames, ending } = applyFaults({ frames: FRAMES, isStream: true }, behaviour, '<error>');
  return [frames.map((frame) => frame.bytes.toString()).join(''), ending];
};

describe('applyFaults', () => {
  it.each<[string, MockBehaviour, string, string]>([
    ['leaves a healthy stream alone', {}, '<start>ab<border>c<stop><done>', 'end'],
    ['drops what ends an answer', { truncate: true }, '<start>ab<border>c', 'end'],
    ['resets after the handshake', { resetAfterChunks: 0 }, '<start>', 'reset'],
    ['resets after some content', { resetAfterChunks: 2 }, '<start>ab', 'reset'],
    ['resets after all content, before the end', { resetAfterChunks: 3 }, '<start>ab<border>c', 'reset'],
    ['never comes to a reset behind the end', { resetAfterChunks: 4 }, '<start>ab<border>c<stop><done>', 'end'],
    ['falls silent after some content', { hangAfterChunks: 1 }, '<start>a', 'hang'],
    ['fails before any content', { errorInStream: 'before' }, '<start><error>', 'end'],
    ['fails half way through the content', { errorInStream: 'after' }, '<start>ab<error>', 'end'],
  ])('%s', (_, behaviour, text, ending) => {
    expect(apply(behaviour)).toEqual([text, ending]);
  });

  it('puts an event that is no JSON after the first content', () => {
    const [text] = apply({ invalidSse: true });

    const [before, broken = '', after] = text.split(/(data: .*\n\n)/);
    expect([before, after]).toEqual(['<start>a', 'b<border>c<stop><done>']);
    expect(() => JSON.parse(broken.slice('data: '.length)) as unknown).toThrow(SyntaxError);
  });
});

describe('bodyFrames', () => {
  const texts = (body: string, behaviour: MockBehaviour): string[] =>
    bodyFrames(body, behaviour).map((frame) => frame.bytes.toString());

  it('keeps a healthy body whole', () => {
    expect(texts('{"a":1}', { delayMs: 5, status: 500 })).toEqual(['{"a":1}']);
  });

  it.each<MockBehaviour>([{ truncate: true }, { resetAfterChunks: 1 }, { hangAfterChunks: 1 }, { invalidSse: true }])(
    'halves a body for %j',
    (behaviour) => {
      expect(texts('{"a":1}', behaviour)).toEqual(['{"a"', ':1}']);
    },
  );

  it('has no frame for no body', () => {
    expect(texts('', {})).toEqual([]);
  });
});
