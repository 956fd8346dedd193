import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace/root.js';
import { trackedFiles } from './workspace/tracked-files.js';

const MAX_SOURCE_LINES = 500;

/** Names where the packages of the machine that made it came from; npm rewrites it. */
const LOCK_FILE = 'package-lock.json';
/** The home of the shapes of secrets: its specs need examples. */
const SHAPES_OF_SECRETS = 'libs/core/src/redaction/';

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly applies: (file: string) => boolean;
  /** What the pattern must find. Put together, so that this file does not hold it. */
  readonly bad: readonly string[];
  /** What it must leave alone. */
  readonly good: readonly string[];
}

const isText = (file: string): boolean => file !== LOCK_FILE;
const isSource = (file: string): boolean => /\.(ts|tsx|mjs|js)$/.test(file);

const RULES: readonly Rule[] = [
  {
    name: "path of somebody's machine",
    pattern: /(?<![\w.:-])(?:\/(?:home|Users|work)\/\w|[A-Z]:\\{1,2}Users)/,
    applies: isText,
    bad: [path('home', 'ada'), path('Users', 'ada'), path('work', 'main'), ['C:', 'Users'].join('\\')],
    good: ['/v1/models', 'https://example.com/home/x', './work/x', 'a framework/x'],
  },
  {
    name: 'host of a package registry',
    pattern: /\/\/[\w.-]*(?:registry\.|artifactory|nexus|verdaccio|npmjs|yarnpkg|npmmirror)[\w.-]*/,
    applies: isText,
    bad: [url('registry', 'npmjs.org'), url('artifactory', 'corp.example')],
    good: ['https://platform.openai.com/docs', '// the registry of formats'],
  },
  {
    name: 'credential',
    pattern:
      /\b(?:sk-ant-[\w-]{24,}|sk-proj-[\w-]{24,}|AKIA[A-Z0-9]{16}|AIza[\w-]{35}|gh[pousr]_\w{36}|npm_\w{36}|xox[bp]-[\w-]{20,})/,
    applies: (file) => isText(file) && !file.startsWith(SHAPES_OF_SECRETS),
    bad: [['AKIA', 'Q'.repeat(16)].join(''), ['ghp_', 'a'.repeat(36)].join('')],
    good: ['sk-operator', 'sk-ant-test'],
  },
  {
    name: 'test that does not run, or runs alone',
    pattern:
      /\b(?:describe|it|test)(?:\.each\([^)]*\))?\.(?:only|skip|todo)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\(/,
    applies: (file) => file.endsWith('.spec.ts'),
    bad: [['it', 'only('].join('.'), ['describe', 'skip('].join('.'), ['x', 'it('].join('')],
    good: ['it.each(', 'edit(', 'items.skip(2)'],
  },
  {
    name: 'note to ourselves',
    pattern: /\b(?:TO{1}DO|FIX{1}ME|X{3})\b/,
    applies: (file) => isText(file) && /\.(ts|tsx|mjs|js|md|ya?ml|json)$/.test(file),
    bad: [['TO', 'DO'].join(''), ['FIX', 'ME'].join('')],
    good: ['todos', 'fix me'],
  },
];

const FILES = trackedFiles();
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe.each(RULES)('no file has a $name', ({ pattern, applies, bad, good }) => {
  it('and the pattern would find one', () => {
    expect(bad.filter((text) => !pattern.test(text))).toEqual([]);
    expect(good.filter((text) => pattern.test(text))).toEqual([]);
  });

  it('in what is committed', () => {
    const findings = FILES.filter(applies).flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );

    expect(findings).toEqual([]);
  });
});

describe('source files', () => {
  it('are found', () => {
    expect(FILES.filter(isSource).length).toBeGreaterThan(100);
  });

  it(`have at most ${MAX_SOURCE_LINES} lines`, () => {
    const isLong = (file: string): boolean => read(file).split('\n').length > MAX_SOURCE_LINES + 1;
    const long = FILES.filter((file) => isSource(file) && !file.endsWith('.spec.ts') && isLong(file));

    expect(long).toEqual([]);
  });
});

function path(...parts: readonly string[]): string {
  return ['', ...parts, ''].join('/');
}

function url(...parts: readonly string[]): string {
  return `https:${['', '', parts.join('.')].join('/')}`;
}
