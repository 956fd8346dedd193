import { compose } from './compose.js';
import type { StreamTransformer } from './stream-transformer.js';

describe('compose', () => {
  it('pushes what a stage emits into the next, and finishes the stages in order', () => {
    const log: string[] = [];
    const fused = compose(split(), tagged('b', log), tagged('c', log), tagged('d', log), tagged('e', log));
    const out = collector();

    fused.push('xy', out.emit);
    fused.finish(out.emit);

    expect(out.items).toEqual([
      'xbcde', 'ybcde', 'end-bcde', 'end-cde', 'end-de', 'end-e',
    ]); // prettier-ignore
    expect(log).toEqual(['b', 'c', 'd', 'e']);
  });

  it('emits to whoever pushes', () => {
    const fused = compose(split(), tagged('b'));
    const first = collector();
    const second = collector();

    fused.push('x', first.emit);
    fused.push('y', second.emit);

    expect(first.items).toEqual(['xb']);
    expect(second.items).toEqual(['yb']);
  });

  describe('fail', () => {
    it('is unknown when no stage knows it', () => {
      expect(compose(split(), tagged('b'), tagged('c')).fail).toBeUndefined();
    });

    it('takes what a stage makes of it through the later stages, then finishes these', () => {
      const log: string[] = [];
      const fused = compose(tagged('a', log), failing('b', log), tagged('c', log), tagged('d', log));
      const out = collector();

      fused.fail?.('reset', out.emit);

      expect(out.items).toEqual(['reset-b-cd', 'end-cd', 'end-d']);
      expect(log).toEqual(['c', 'd']);
    });

    it('asks only the first stage that knows it', () => {
      const fused = compose(failing('a'), failing('b'));
      const out = collector();

      fused.fail?.('reset', out.emit);

      expect(out.items).toEqual(['reset-a-b', 'end-b']);
    });

    it('reaches the last stage', () => {
      const fused = compose(tagged('a'), tagged('b'), failing('c'));
      const out = collector();

      fused.fail?.('reset', out.emit);

      expect(out.items).toEqual(['reset-c-']);
    });
  });
});

function split(): StreamTransformer<string, string> {
  return {
    push: (text, emit) => {
      for (const character of text) emit(character);
    },
    finish: () => {},
  };
}

function tagged(tag: string, log: string[] = []): StreamTransformer<string, string> {
  return {
    push: (text, emit) => emit(`${text}${tag}`),
    finish: (emit) => {
      log.push(tag);
      emit(`end-${tag}`);
    },
  };
}

function failing(tag: string, log: string[] = []): StreamTransformer<string, string> {
  return { ...tagged(tag, log), fail: (error, emit) => emit(`${String(error)}-${tag}-`) };
}

function collector() {
  const items: string[] = [];
  return { items, emit: (item: string) => void items.push(item) };
}
