import { batchPerPush } from './batch-per-push.js';
import { eachItem } from './each-item.js';
import type { StreamTransformer } from './stream-transformer.js';

describe('batchPerPush', () => {
  it('gathers what one push emits', () => {
    const batches: (readonly string[])[] = [];
    const batching = batchPerPush(words());

    batching.push('a b', (batch) => batches.push(batch));
    batching.push('', (batch) => batches.push(batch));
    batching.push('c', (batch) => batches.push(batch));
    batching.finish((batch) => batches.push(batch));

    expect(batches).toEqual([['a', 'b'], ['c'], ['end']]);
  });

  it('emits what was there when the transformer throws', () => {
    const batches: (readonly string[])[] = [];
    const batching = batchPerPush(words());

    expect(() => batching.push('a throw', (batch) => batches.push(batch))).toThrow('defect');

    expect(batches).toEqual([['a']]);
  });

  it('gathers what fail emits, where the transformer knows it', () => {
    const batches: (readonly string[])[] = [];
    const batching = batchPerPush({ ...words(), fail: (error, emit) => emit(String(error)) });

    batching.fail?.('reset', (batch) => batches.push(batch));

    expect(batches).toEqual([['reset']]);
    expect(batchPerPush(words()).fail).toBeUndefined();
  });
});

describe('eachItem', () => {
  it('pushes one item after the other', () => {
    const items: string[] = [];
    const each = eachItem(words());

    each.push(['a b', 'c'], (item) => items.push(item));
    each.finish((item) => items.push(item));

    expect(items).toEqual(['a', 'b', 'c', 'end']);
  });

  it('hands a failure on to a transformer that knows it', () => {
    const items: string[] = [];
    const each = eachItem({ ...words(), fail: (error, emit) => emit(String(error)) });

    each.fail?.('reset', (item) => items.push(item));

    expect(items).toEqual(['reset']);
    expect(eachItem(words()).fail).toBeUndefined();
  });
});

function words(): StreamTransformer<string, string> {
  return {
    push: (text, emit) => {
      for (const word of text.split(' ').filter((each) => each !== '')) {
        if (word === 'throw') throw new Error('defect');
        emit(word);
      }
    },
    finish: (emit) => emit('end'),
  };
}
