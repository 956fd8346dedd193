import type { Finding } from '../source/finding.js';
import { formatPath } from '../path.js';

/** Keeps one finding for each path, the first, and drops a missing member that another finding says is only misspelt. */
export function dropEchoes(findings: readonly Finding[]): readonly Finding[] {
  const silenced = new Set(findings.flatMap(({ meant }) => (meant === undefined ? [] : [formatPath(meant)])));
  return findings.filter(({ path }) => {
    const place = formatPath(path);
    if (silenced.has(place)) return false;
    silenced.add(place);
    return true;
  });
}
