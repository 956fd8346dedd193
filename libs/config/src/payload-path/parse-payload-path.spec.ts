import { parsePayloadPath } from './parse-payload-path.js';

const segmentsOf = (text: string) => parsePayloadPath(text).path?.segments;
const problemOf = (text: string) => parsePayloadPath(text).problem;

describe('parsePayloadPath', () => {
  it.each([
    ['temperature', [{ kind: 'member', name: 'temperature' }]],
    [
      'generationConfig.thinkingConfig',
      [
        { kind: 'member', name: 'generationConfig' },
        { kind: 'member', name: 'thinkingConfig' },
      ],
    ],
    ['a\\.b', [{ kind: 'member', name: 'a.b' }]],
    ['a\\\\b', [{ kind: 'member', name: 'a\\b' }]],
    ['größe', [{ kind: 'member', name: 'größe' }]],
  ])('reads names: %s', (text, segments) => {
    expect(segmentsOf(text)).toEqual(segments);
  });

  it.each([
    ['0', { name: '0', index: 0 }],
    ['12', { name: '12', index: 12 }],
    ['-1', { name: '-1', index: -1 }],
    ['01', { name: '01' }],
    ['-0', { name: '-0' }],
    ['1e3', { name: '1e3' }],
    ['99999999', { name: '99999999' }],
    ['\\1', { name: '1' }],
  ])('takes a whole number for a place too: %s', (text, segment) => {
    expect(segmentsOf(`tools.${text}`)?.[1]).toEqual({ kind: 'member', ...segment });
  });

  it('reads every element', () => {
    expect(segmentsOf('messages.#.name')?.[1]).toEqual({ kind: 'every' });
    expect(segmentsOf('stop.#')?.[1]).toEqual({ kind: 'every' });
  });

  it.each([
    ['#(type=="web_search")', ['type'], true, 'web_search', false],
    ['#(type == "a\\"b)")', ['type'], true, 'a"b)', false],
    ['#(function.name!="x")#', ['function', 'name'], false, 'x', true],
    ['#(n==-1.5e2)', ['n'], true, -150, false],
    ['#(strict==true)', ['strict'], true, true, false],
    ['#(cache==null)', ['cache'], true, null, false],
    ['#(a\\.b=="c")', ['a.b'], true, 'c', false],
  ])('reads the query %s', (text, names, isEqual, value, isEvery) => {
    const members = names.map((name) => ({ kind: 'member', name }));

    expect(segmentsOf(`tools.${text}.max_uses`)).toEqual([
      { kind: 'member', name: 'tools' },
      { kind: 'query', members, isEqual, value, isEvery },
      { kind: 'member', name: 'max_uses' },
    ]);
  });

  it.each([
    ['', /empty part/],
    ['a..b', /empty part/],
    ['a.', /empty part/],
    ['a\\', /lone/],
    ['#b', /begins no query/],
    ['#(a)', /== or !=/],
    ['#(=="x")', /empty part/],
    ['#(a=="x"', /does not end with \)/],
    ['#(a=="x)', /no JSON string/],
    ['#(a==web_search)', /double quotes/],
    ['#(a==)', /double quotes/],
    ['#(a==1)b', /other than a dot/],
    ['a'.repeat(513), /longer than 512/],
    [Array(33).fill('a').join('.'), /more than 32/],
  ])('refuses %s', (text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });
});
