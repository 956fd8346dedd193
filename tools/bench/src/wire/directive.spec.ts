import { findDirective, renderDirective, type Directive } from './directive.js';

const DIRECTIVE: Directive = { answer: 'stream', id: 7, chunks: 200, pace: 50, bodyBytes: 1234 };

describe('Directive', () => {
  describe('renderDirective', () => {
    it('keeps its length when only the body size changes', () => {
      const small = renderDirective({ ...DIRECTIVE, bodyBytes: 1 });

      expect(renderDirective({ ...DIRECTIVE, bodyBytes: 300_000 })).toHaveLength(small.length);
    });
  });

  describe('findDirective', () => {
    it.each<Directive>([
      DIRECTIVE,
      { ...DIRECTIVE, pace: 'credit' },
      { ...DIRECTIVE, answer: 'json', id: 0, chunks: 0, pace: 'burst' },
    ])('reads back what was rendered into a JSON body: %j', (directive) => {
      const body = Buffer.from(JSON.stringify({ model: 'm', messages: [{ content: renderDirective(directive) }] }));

      expect(findDirective(body)).toEqual(directive);
    });

    it('finds nothing in a body without a directive', () => {
      expect(findDirective(Buffer.from('{"model":"m"}'))).toBeUndefined();
    });

    it('finds nothing when the directive is cut off', () => {
      const cut = Buffer.from(renderDirective(DIRECTIVE).slice(0, -1));

      expect(findDirective(cut)).toBeUndefined();
    });
  });
});
