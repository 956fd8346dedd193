import type { Configuration } from '../configuration.js';
import { copiedName } from './header-copy.js';
import type { HeaderRule } from './shaping-settings.js';

type Declared = Configuration['headerRules'];

/** The checked rules as requests need them; undefined = there are none, and nobody has to look. */
export function readHeaderRules(declared: Declared): readonly HeaderRule[] | undefined {
  return declared.length === 0 ? undefined : declared.map(readRule);
}

/** Headers with a value of their own, and headers whose value is a client's. */
export function splitCopies(headers: Readonly<Record<string, string>>): Pick<HeaderRule, 'set' | 'copy'> {
  const entries = Object.entries(headers);
  return {
    set: Object.fromEntries(entries.filter(([, value]) => copiedName(value) === undefined)),
    copy: Object.fromEntries(
      entries.flatMap(([name, value]) => {
        const from = copiedName(value);
        return from === undefined ? [] : [[name, from]];
      }),
    ),
  };
}

function readRule({ providers, models, allow, remove, set }: Declared[number]): HeaderRule {
  return {
    ...(providers !== undefined && { providers }),
    ...(models !== undefined && { models }),
    allow: allow.map((name) => name.toLowerCase()),
    remove: remove.map((name) => name.toLowerCase()),
    ...splitCopies(set),
  };
}
