import { MAX_MODELS_PER_ACCOUNT, MemoryModelCatalog } from './model-catalog.js';

const MODELS = [{ id: 'm1' }, { id: 'm2' }];

describe('MemoryModelCatalog', () => {
  it('tells unknown from empty', () => {
    const catalog = new MemoryModelCatalog();
    catalog.learn('a', []);

    expect(catalog.modelsOf('a')).toEqual([]);
    expect(catalog.modelsOf('b')).toBeUndefined();
  });

  it('has another generation after every change, and only then', () => {
    const catalog = new MemoryModelCatalog();
    const generations = [
      () => catalog.learn('a', MODELS),
      () => catalog.learn('a', MODELS),
      () => catalog.learn('a', [...MODELS]),
      () => catalog.forget('a'),
      () => catalog.forget('a'),
    ].map((change) => {
      change();
      return catalog.generation;
    });

    expect(generations).toEqual([1, 1, 2, 3, 3]);
  });

  it('remembers a bounded number of models', () => {
    const catalog = new MemoryModelCatalog();
    const many = Array.from({ length: MAX_MODELS_PER_ACCOUNT + 1 }, (_, at) => ({ id: `m${at}` }));

    catalog.learn('a', many);

    expect(catalog.modelsOf('a')).toHaveLength(MAX_MODELS_PER_ACCOUNT);
  });
});
