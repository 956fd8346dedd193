import type { Finding } from './finding.js';
import { formatPath, isMapping, type Path } from '../path.js';

export interface Expansion {
  readonly value: unknown;
  /** Formatted paths of strings that a variable went into: what stands there is never shown. */
  readonly expanded: ReadonlySet<string>;
  /** Variables without a value, and `${…}` that is not a name. */
  readonly findings: readonly Finding[];
}

const REFERENCE = /\$(\$?)\{([^}]*)\}/g;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Replaces `${NAME}` in every string of a tree by the variable's value; `$${NAME}` stays as `${NAME}`.
 * One pass: a value that looks like a reference is not expanded again. Member names are left alone.
 * An empty variable counts as not set: an empty secret is never meant. Members without a value (`key:`) are dropped.
 */
export function expandVariables(tree: unknown, environment: Readonly<Record<string, string | undefined>>): Expansion {
  const expanded = new Set<string>();
  const findings: Finding[] = [];

  const expandText = (text: string, path: Path): string =>
    text.replaceAll(REFERENCE, (reference: string, escape: string, name: string) => {
      if (escape !== '') return reference.slice(1);
      expanded.add(formatPath(path));
      const value = VARIABLE_NAME.test(name) && Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value !== undefined && value !== '') return value;
      findings.push({ path, ...explainMissing(name) });
      return reference;
    });

  const expand = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return expandText(value, path);
    if (Array.isArray(value)) return value.map((item, index) => expand(item, [...path, index]));
    if (!isMapping(value)) return value;
    const present = Object.entries(value).filter(([, member]) => member !== null);
    return Object.fromEntries(present.map(([name, member]) => [name, expand(member, [...path, name])]));
  };

  return { value: expand(tree, []), expanded, findings };
}

function explainMissing(name: string): Omit<Finding, 'path'> {
  if (!VARIABLE_NAME.test(name)) {
    return { message: 'has a ${…} that is not the name of a variable', fix: 'Write $${ for a literal ${.' };
  }
  return {
    message: `needs the environment variable ${name}, which is not set or empty`,
    fix: `Set ${name} in the environment or in the .env file beside the configuration.`,
  };
}
