import { fillRegions } from './fill-regions.js';

const PAGE = 'before\n<!-- begin a -->\nold\n<!-- end a -->\nafter\n';

describe('fillRegions', () => {
  it('replaces what stands between the marks and keeps the rest', () => {
    expect(fillRegions(PAGE, { a: 'new' })).toBe('before\n<!-- begin a -->\n\nnew\n\n<!-- end a -->\nafter\n');
  });

  it('changes nothing the second time', () => {
    const once = fillRegions(PAGE, { a: 'new' });

    expect(fillRegions(once, { a: 'new' })).toBe(once);
  });

  it('refuses a page without the marks', () => {
    expect(() => fillRegions('text', { a: 'new' })).toThrow('no region "a"');
  });
});
