import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';

/** Where nothing else is named: what this version does anyway. */
const EMBEDDED = ['embedded', 'none'];

/** Settings that are checked and kept for a later version, and that an operator could believe to be at work. */
export function warnOfIdleSettings(tree: ConfigurationTree): readonly Finding[] {
  const database = tree.at(['database', 'url']);
  const redis = tree.at(['redis', 'url']);
  return [
    ...(database === undefined || EMBEDDED.includes(String(database))
      ? []
      : [idle('database', 'Logins are kept in dataDirectory, each process for itself.')]),
    ...(redis === undefined ? [] : [idle('redis', 'Every process counts for itself.')]),
  ];
}

function idle(section: string, instead: string): Finding {
  return { path: [section, 'url'], message: 'has no effect in this version', fix: instead };
}
