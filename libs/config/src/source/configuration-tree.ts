import type { ConfigurationProblem } from '../problem.js';
import type { Finding } from './finding.js';
import type { ParsedDocument } from './parse-document.js';
import { formatPath, isMapping, valueAt, withValueAt, type Path } from '../path.js';

/** A value that a flag or an environment variable puts in place of the file's. */
export interface Override {
  readonly path: readonly string[];
  readonly value: string | number | boolean;
  /** Where it was set: `command line`, `environment`, or the `.env` file. */
  readonly file: string;
  /** `--port`, `SLUICE_PORT`. */
  readonly name: string;
}

export interface ConfigurationTreeOptions {
  readonly file: string;
  readonly document: ParsedDocument;
  /** The document's value with its variables expanded. */
  readonly value: unknown;
  readonly expanded: ReadonlySet<string>;
  /** The last one for a path wins. */
  readonly overrides: readonly Override[];
  /** Where a value stands in the text, when the text is a translation of something else; default: where it stands. */
  readonly sourceOf?: (path: Path) => Path;
}

const SHOWN_CHARACTERS = 60;
/** Stands for a member whose name looks like a key: somebody wrote `key: name` the wrong way round. */
const HIDDEN = '***';
const LOOKS_SECRET = /^(sk-|Bearer |eyJ|AKIA|ASIA|AIza|gh[opsu]_|xox[abp]-)/i;

/** Everything declared, before it is checked, together with where each value came from. */
export class ConfigurationTree {
  readonly value: unknown;
  readonly #overrides = new Map<string, Override>();

  constructor(private readonly options: ConfigurationTreeOptions) {
    for (const override of options.overrides) this.#overrides.set(formatPath(override.path), override);
    this.value = [...this.#overrides.values()].reduce(
      (tree, override) => withValueAt(tree, override.path, override.value),
      options.value,
    );
  }

  at(path: Path): unknown {
    return valueAt(this.value, path);
  }

  /** The items of a list at the root that are mappings, with their positions in the list. Tolerant: the schema judges the rest. */
  mappingsOf(section: string): readonly { readonly index: number; readonly item: Readonly<Record<string, unknown>> }[] {
    const list = this.at([section]);
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown, index) => (isMapping(item) ? [{ index, item }] : []));
  }

  /** A value for a message: quoted; described only when a variable went into it or when it may be a secret. */
  show(path: Path): string {
    const value = this.at(path);
    if (this.options.expanded.has(formatPath(this.#sourceOf(path)))) return 'the value of its variable';
    return showValue(value);
  }

  toProblem(finding: Finding): ConfigurationProblem {
    const { message, fix, allowed } = finding;
    const text = { message, ...(fix === undefined ? {} : { fix }), ...(allowed === undefined ? {} : { allowed }) };
    const override = this.#overrides.get(formatPath(finding.path));
    if (override !== undefined) return { file: override.file, path: override.name, ...text };
    const path = this.#sourceOf(finding.path);
    const shownPath = formatPath(path.map((segment) => (LOOKS_SECRET.test(String(segment)) ? HIDDEN : segment)));
    return { file: this.options.file, path: shownPath, ...this.options.document.positionOf(path), ...text };
  }

  #sourceOf(path: Path): Path {
    return this.options.sourceOf?.(path) ?? path;
  }
}

/** A value for a message. Long text and what looks like a key is not repeated. */
function showValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.length > SHOWN_CHARACTERS || LOOKS_SECRET.test(value))
    return 'the given value';
  return JSON.stringify(value);
}
