import { MASK } from './secret-patterns.js';
import { redactText } from './redact-text.js';
import { isSecretName } from './secret-names.js';

/** Deeper values are not shown. */
export const MAX_REDACTED_DEPTH = 8;
/** Members and items of one value, over all levels; the rest is not shown. */
export const MAX_REDACTED_NODES = 1000;
/** Longer texts are cut after redaction. */
export const MAX_REDACTED_CHARACTERS = 8192;
/** Longer texts are not even scanned: only their length is told. They are bodies, and do not belong into a log. */
export const MAX_SCANNED_CHARACTERS = 64 * 1024;

/** A value that was redacted: plain, finite, and safe to serialise. */
export type RedactedValue = string | number | boolean | null | undefined | RedactedValue[] | RedactedObject;
export interface RedactedObject {
  [member: string]: RedactedValue;
}

/**
 * A copy of any value for the log: secrets masked by the name they stand under and by their shape, everything bounded.
 *
 * Errors become their message, stack, cause and own members; Maps, Headers and URLSearchParams become objects; bytes become
 * their length; cycles, depth, size and getters that throw are told in brackets. Booleans and null are never masked.
 *
 * @param extraSecrets exact secrets that may occur anywhere, see `redactText`
 */
export function redact(value: unknown, extraSecrets: readonly string[] = []): RedactedValue {
  return new Redaction(extraSecrets).value(value);
}

/** One walk over one value. */
class Redaction {
  readonly #extraSecrets: readonly string[];
  readonly #ancestors: object[] = [];
  #nodes = 0;

  constructor(extraSecrets: readonly string[]) {
    this.#extraSecrets = extraSecrets;
  }

  value(value: unknown): RedactedValue {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
      case 'boolean':
      case 'undefined':
        return value;
      case 'bigint':
        return this.#text(String(value));
      case 'symbol':
      case 'function':
        return `[${typeof value}]`;
      case 'object':
        return value === null ? null : this.#reference(value);
    }
  }

  #text(text: string): string {
    if (text.length > MAX_SCANNED_CHARACTERS) return `[text of ${text.length} characters]`;
    const clean = redactText(text, this.#extraSecrets);
    return clean.length > MAX_REDACTED_CHARACTERS ? `${clean.slice(0, MAX_REDACTED_CHARACTERS)}[cut]` : clean;
  }

  #reference(value: object): RedactedValue {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : value.toISOString();
    if (value instanceof URL) return this.#text(value.href);
    if (this.#ancestors.includes(value)) return '[circular]';
    if (this.#ancestors.length >= MAX_REDACTED_DEPTH) return '[deeper]';

    this.#ancestors.push(value);
    const copy = this.#composite(value);
    this.#ancestors.pop();
    return copy;
  }

  #composite(value: object): RedactedValue {
    if (Array.isArray(value)) return this.#items(value);
    if (value instanceof Set) return this.#items([...value]);
    if (value instanceof Error) return this.#error(value);
    if (value instanceof Map || value instanceof Headers || value instanceof URLSearchParams) {
      return this.#members([...value].map(([name, member]): [string, unknown] => [String(name), member]));
    }
    return this.#members(readableEntries(value));
  }

  #error(error: Error): RedactedObject {
    const { name, message, stack, cause } = error;
    const errors: unknown = error instanceof AggregateError ? error.errors : undefined;
    return this.#members([
      ['type', name],
      ['message', message],
      ['stack', stack],
      ...readableEntries(error),
      ['cause', cause],
      ['errors', errors],
    ]);
  }

  /** `[name, value]` pairs and node's raw headers are arrays, too: what follows a secret name is masked. */
  #items(items: readonly unknown[]): RedactedValue[] {
    const copy: RedactedValue[] = [];
    let previous: unknown;
    for (const item of items) {
      if (this.#isFull()) return [...copy, '[more]'];
      copy.push(typeof previous === 'string' && isSecretName(previous) ? masked(item) : this.value(item));
      previous = item;
    }
    return copy;
  }

  #members(entries: readonly (readonly [string, unknown])[]): RedactedObject {
    const copy: RedactedObject = {};
    const isSecretPair = entries.some(
      ([name, value]) => isNameMember(name) && typeof value === 'string' && isSecretName(value),
    );
    for (const [name, value] of entries) {
      if (value === undefined) continue;
      if (this.#isFull()) {
        copy['[more]'] = true;
        return copy;
      }
      const isSecret = isSecretName(name) || (isSecretPair && name === 'value');
      const key = this.#memberName(name);
      copy[key] = isSecret ? masked(value) : this.value(value);
    }
    return copy;
  }

  #memberName(name: string): string {
    return name === '__proto__' ? '[__proto__]' : this.#text(name);
  }

  #isFull(): boolean {
    return ++this.#nodes > MAX_REDACTED_NODES;
  }
}

function masked(value: unknown): RedactedValue {
  return typeof value === 'boolean' || value === null || value === undefined ? value : MASK;
}

/** `{ name: 'authorization', value: '…' }`, as HAR files and some clients write headers. */
function isNameMember(name: string): boolean {
  return name === 'name' || name === 'key' || name === 'header';
}

/** Own enumerable members; a getter that throws tells so. */
function readableEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.keys(value).map((name) => {
    try {
      return [name, (value as Readonly<Record<string, unknown>>)[name]]; // `name` is one of its own keys
    } catch {
      return [name, '[unreadable]'];
    }
  });
}
