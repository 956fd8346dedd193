import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROW_COUNT, SHOWN_BY } from './rows.js';

const ROOT = fileURLToPath(new URL('../../../../../../', import.meta.url));
const PLACES = ['libs/translators/src', 'libs/translator-kit/src', 'apps/gateway/src/e2e/translation'];

/** `row 7`, `rows 5 and 6`, `rows 33, 34, 38`, `rows 94 to 97`; in a table of cases `row: 64`. */
const CLAIM = /\brows?:? (\d+(?:(?:, | and | to )\d+)*)/g;

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function claimedRows(): ReadonlySet<number> {
  const specs = PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => join(place, file)),
  );
  return new Set(specs.flatMap((file) => [...read(file).matchAll(CLAIM)].flatMap(([, list = '']) => numbersIn(list))));
}

function numbersIn(list: string): readonly number[] {
  const [first = 0, last = 0] = list.split(' to ').map(Number);
  if (!list.includes(' to ')) return list.split(/, | and /).map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe('the tricky cases of translation', () => {
  it('are each shown by a test', () => {
    const claimed = claimedRows();
    const listed = new Set(SHOWN_BY.map(({ row }) => row));
    const rows = Array.from({ length: ROW_COUNT }, (_, index) => index + 1);

    expect(rows.filter((row) => !claimed.has(row) && !listed.has(row))).toEqual([]);
    expect([...listed].filter((row) => claimed.has(row))).toEqual([]);
    expect([...claimed].filter((row) => row < 1 || row > ROW_COUNT)).toEqual([]);
  });

  it.each(SHOWN_BY)('row $row is shown by “$title”', ({ file, title }) => {
    expect(read(file)).toContain(title);
  });
});
