import fc from 'fast-check';
import { expandVariables } from './expand-variables.js';

describe('expandVariables', () => {
  it('replaces every reference in every text of the tree', () => {
    const tree = { a: '${ONE}', list: ['x-${ONE}-${TWO}', { deep: '${TWO}' }], count: 3 };

    const { value, findings } = expandVariables(tree, { ONE: '1', TWO: '2' });

    expect(value).toEqual({ a: '1', list: ['x-1-2', { deep: '2' }], count: 3 });
    expect(findings).toEqual([]);
  });

  it('keeps an escaped reference as text', () => {
    expect(expandVariables({ a: '$${ONE} $5 $' }, { ONE: '1' }).value).toEqual({ a: '${ONE} $5 $' });
  });

  it('does not expand what a variable brought in', () => {
    expect(expandVariables({ a: '${ONE}' }, { ONE: '${TWO}', TWO: '2' }).value).toEqual({ a: '${TWO}' });
  });

  it.each([{}, { ABSENT: '' }])('names a variable that is not set (%j)', (environment) => {
    const { findings } = expandVariables({ accounts: [{ apiKey: '${ABSENT}' }] }, environment);

    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ path: ['accounts', 0, 'apiKey'] });
    expect(findings[0]?.message).toContain('ABSENT');
  });

  it('refuses what is not the name of a variable instead of guessing', () => {
    const { findings } = expandVariables({ a: '${PORT:-8000}' }, { PORT: '1' });

    expect(findings[0]?.message).toContain('not the name of a variable');
  });

  it('does not take inherited members of the environment for variables', () => {
    expect(expandVariables({ a: '${constructor}' }, {}).findings).toHaveLength(1);
  });

  it('remembers where variables went, so that nobody shows them', () => {
    expect([...expandVariables({ a: 'x', b: ['${ONE}'] }, { ONE: '1' }).expanded]).toEqual(['b[0]']);
  });

  it('takes a member without a value for absent', () => {
    expect(expandVariables({ server: null, models: ['a', null] }, {}).value).toEqual({ models: ['a', null] });
  });

  it('leaves text without references alone', () => {
    const plain = fc.string().filter((text) => !text.includes('${'));

    fc.assert(fc.property(plain, (text) => expect(expandVariables([text], {}).value).toEqual([text])));
  });
});
