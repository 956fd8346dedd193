import fc from 'fast-check';
import { mergeHeaders } from './merge-headers.js';

const name = fc.constantFrom('a', 'b', 'X-C', 'x-c', 'Authorization', 'authorization');
const headers = fc.dictionary(name, fc.string());
const beta = fc.constantFrom('one', 'two', 'three', 'four');

describe('mergeHeaders', () => {
  it('lets a later source win, whatever the case', () => {
    expect(mergeHeaders({ Authorization: 'ours', a: '1' }, { authorization: 'theirs' }, { b: ['x', 'y'] })).toEqual({
      authorization: 'theirs',
      a: '1',
      b: ['x', 'y'],
    });
  });

  it('does not let an absent value win', () => {
    expect(mergeHeaders({ a: '1' }, { a: undefined })).toEqual({ a: '1' });
  });

  it('unites anthropic-beta in the order of first appearance', () => {
    const merged = mergeHeaders(
      { 'anthropic-beta': 'files, skills' },
      { 'Anthropic-Beta': ['skills,effort', 'files'] },
      { 'anthropic-beta': ',tools,' },
    );

    expect(merged).toEqual({ 'anthropic-beta': 'files,skills,effort,tools' });
  });

  it('leaves its sources as they are', () => {
    const source = Object.freeze({ 'anthropic-beta': 'a', x: '1' });

    mergeHeaders(source, { 'anthropic-beta': 'b', x: '2' });

    expect(source).toEqual({ 'anthropic-beta': 'a', x: '1' });
  });

  it('has every name once in lower case, with the value of the last source that says it', () => {
    fc.assert(
      fc.property(fc.array(headers, { maxLength: 4 }), (sources) => {
        const expected = new Map(
          sources.flatMap(Object.entries<string>).map(([key, value]) => [key.toLowerCase(), value]),
        );
        expect(mergeHeaders(...sources)).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  it('keeps every beta exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(beta, { minLength: 1 }), { minLength: 1, maxLength: 4 }), (lists) => {
        const merged = mergeHeaders(...lists.map((list) => ({ 'anthropic-beta': list.join(', ') })));
        const values = lists.length === 1 ? undefined : String(merged['anthropic-beta']).split(',');
        if (values !== undefined) expect(values).toEqual([...new Set(lists.flat())]);
      }),
    );
  });
});
