import { annotationOf } from './annotation-of.js';

const nested = (start_index: number, end_index: number) => ({
  type: 'url_citation',
  url_citation: { start_index, end_index, title: 'A', url: 'https://a.example' },
});

describe('annotationOf', () => {
  it.each([
    ['its own as it is', nested(1, 2), nested(1, 2)],
    [
      'Responses’ flat one, in its own place',
      { type: 'url_citation', start_index: 1, end_index: 3, title: 'A', url: 'https://a.example' },
      nested(11, 13),
    ],
    ['Responses’ without a place', { type: 'url_citation', title: 'A', url: 'https://a.example' }, nested(10, 20)],
    ['another one with an address', { type: 'web', uri: 'https://a.example', title: 'A' }, nested(10, 20)],
    ['a document', { type: 'char_location', cited_text: 'x' }, undefined],
  ])('writes %s', (_what, citation, expected) => {
    expect(annotationOf(citation, { start: 10, end: 20 })).toEqual(expected);
  });
});
