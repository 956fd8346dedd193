import { oneWritePerPush } from './one-write-per-push.js';
import type { StreamTransformer } from './stream-transformer.js';

const WORDS: StreamTransformer<string, string> = {
  push: (text, emit) => {
    for (const word of text.split(' ')) {
      if (word === 'throw') throw new Error('defect');
      emit(`<${word}>`);
    }
  },
  finish: (emit) => {
    emit('<bye>');
    emit('<end>');
  },
};

describe('oneWritePerPush', () => {
  it('joins what one push emits, and what finish emits', () => {
    const { texts, emit } = collector();
    const joined = oneWritePerPush(WORDS);

    joined.push('a b c', emit);
    joined.push('d', emit);
    joined.finish(emit);

    expect(texts).toEqual(['<a><b><c>', '<d>', '<bye><end>']);
  });

  it('emits nothing for nothing', () => {
    const { texts, emit } = collector();
    const joined = oneWritePerPush<string>({ push: () => {}, finish: () => {} });

    joined.push('a', emit);
    joined.finish(emit);

    expect(texts).toEqual([]);
  });

  it('emits what was there when the transformer throws', () => {
    const { texts, emit } = collector();
    const joined = oneWritePerPush(WORDS);

    expect(() => joined.push('a b throw c', emit)).toThrow('defect');

    expect(texts).toEqual(['<a><b>']);
  });

  it('joins what fail emits, where the transformer knows it', () => {
    const { texts, emit } = collector();
    const joined = oneWritePerPush<string>({
      ...WORDS,
      fail: (error, emitOne) => {
        emitOne('<failed>');
        emitOne(`<${String(error)}>`);
      },
    });

    joined.fail?.('reset', emit);

    expect(texts).toEqual(['<failed><reset>']);
    expect(oneWritePerPush(WORDS).fail).toBeUndefined();
  });
});

function collector() {
  const texts: string[] = [];
  return { texts, emit: (text: string) => void texts.push(text) };
}
