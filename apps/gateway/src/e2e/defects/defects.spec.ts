import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFECTS, NOT_APPLICABLE, PLATFORM_DEFECTS, PROXY_DEFECTS } from './defects.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

function numbered(list: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => `${list} ${first + at}`);
}

describe('the defects of gateways before this one', () => {
  it('are each shown by a test, or cannot come up', () => {
    const known = [
      ...numbered('proxy', 1, PROXY_DEFECTS),
      ...numbered('platform', PLATFORM_DEFECTS.first, PLATFORM_DEFECTS.last),
    ];

    const listed = [...DEFECTS.map(({ id }) => id), ...NOT_APPLICABLE.flatMap(({ ids }) => ids)];

    expect([...listed].sort()).toEqual([...known].sort());
  });

  it.each(DEFECTS)('$id does not come back: $defect', ({ shownBy }) => {
    expect(shownBy).not.toEqual([]);
    for (const { file, title } of shownBy) expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
  });

  it.each(NOT_APPLICABLE)('$ids cannot come up yet: $reason', ({ until }) => {
    expect(existsSync(join(ROOT, until))).toBe(false);
  });
});
