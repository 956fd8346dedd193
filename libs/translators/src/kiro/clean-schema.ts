import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Deeper or larger schemas are cut off: references may repeat a definition without end. */
export const MAX_SCHEMA_DEPTH = 64;
export const MAX_SCHEMA_NODES = 10_000;

/** Bounds beyond a signed 32-bit number are refused. */
const MAX_BOUND = 2 ** 31;

/** Left out without a word: they say nothing that changes what a well-meaning model writes. */
const SILENTLY_REMOVED = new Set([
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'additionalProperties',
  'contentMediaType',
  'contentEncoding',
]);

/** The service refuses them, and the model loses a rule. */
const REMOVED = new Set([
  '$ref',
  'patternProperties',
  'propertyNames',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'prefixItems',
  'unevaluatedProperties',
  'unevaluatedItems',
  'not',
]);

const BOUNDS = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);
const COMBINATORS = ['anyOf', 'oneOf', 'allOf'] as const;
const LIFTED = ['properties', 'required', 'description'] as const;

export interface CleanSchema {
  readonly schema: JsonObject;
  /** Keywords that meant something and are gone. */
  readonly lost: readonly string[];
}

/**
 * A tool's schema in the subset that the service takes: an object at its root without combinators, references written out,
 * no nulls, no empty `required`, no `additionalProperties`. Names below `properties` are never taken for keywords.
 */
export function cleanSchema(schema: JsonObject): CleanSchema {
  const cleaner = new SchemaCleaner(schema);
  return { schema: asObjectSchema(cleaner.root(), cleaner.lost), lost: [...cleaner.lost] };
}

/** A root that is no object becomes the member `input` of one. */
function asObjectSchema(root: JsonObject, lost: Set<string>): JsonObject {
  const { type, properties } = root;
  if (type !== undefined && type !== 'object') {
    lost.add('type');
    return { type: 'object', properties: { input: root } };
  }
  return { ...root, type: 'object', properties: properties ?? {} };
}

class SchemaCleaner {
  readonly lost = new Set<string>();
  #nodes = 0;

  constructor(private readonly document: JsonObject) {}

  root(): JsonObject {
    return this.#node(this.#liftVariant(this.#resolved(this.document, 0)), 0);
  }

  /** A root made of alternatives becomes the first object among them. */
  #liftVariant(root: JsonObject): JsonObject {
    const combinators = COMBINATORS.filter((name) => root[name] !== undefined);
    if (combinators.length === 0) return root;
    const lifted: Record<string, JsonValue | undefined> = { ...root };
    for (const name of combinators) {
      this.lost.add(name);
      delete lifted[name];
    }
    if (isJsonObject(root['properties'])) return lifted;
    const variant = combinators
      .flatMap((name) => schemasIn(root[name]))
      .map((candidate) => this.#resolved(candidate, 0))
      .find(({ type, properties }) => type === 'object' || isJsonObject(properties));
    for (const name of LIFTED) lifted[name] = lifted[name] ?? variant?.[name];
    return lifted;
  }

  #node(schema: JsonObject, depth: number): JsonObject {
    this.#nodes += 1;
    if (depth > MAX_SCHEMA_DEPTH || this.#nodes > MAX_SCHEMA_NODES) {
      this.lost.add('deep nesting');
      return {};
    }
    const simple = this.#withoutNullBranch(this.#resolved(schema, depth), depth);
    const clean: Record<string, JsonValue> = {};
    for (const [keyword, value] of Object.entries(simple)) {
      const kept = this.#keyword(keyword, value, depth);
      if (kept !== undefined) clean[kept.name] = kept.value;
    }
    return clean;
  }

  #keyword(
    name: string,
    value: JsonValue | undefined,
    depth: number,
  ): { readonly name: string; readonly value: JsonValue } | undefined {
    if (value === undefined || SILENTLY_REMOVED.has(name)) return undefined;
    if (REMOVED.has(name)) {
      this.lost.add(name);
      return undefined;
    }
    if (name === 'const') return { name: 'enum', value: [value] };
    if (value === null) return undefined;
    if (BOUNDS.has(name)) return this.#bound(name, value);
    if (name === 'required') {
      const names = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
      return names.length === 0 ? undefined : { name, value: names };
    }
    if (name === 'properties') return isJsonObject(value) ? { name, value: this.#properties(value, depth) } : undefined;
    if (name === 'items') return this.#items(value, depth);
    if (isCombinator(name)) return { name, value: schemasIn(value).map((branch) => this.#node(branch, depth + 1)) };
    return { name, value };
  }

  #properties(properties: JsonObject, depth: number): JsonObject {
    return Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        isJsonObject(schema) ? this.#node(schema, depth + 1) : {},
      ]),
    );
  }

  /** Positional items (draft 7) become items of any of those kinds. */
  #items(value: JsonValue, depth: number): { readonly name: string; readonly value: JsonValue } | undefined {
    if (isJsonObject(value)) return { name: 'items', value: this.#node(value, depth + 1) };
    if (!Array.isArray(value)) return undefined;
    this.lost.add('items');
    return undefined;
  }

  #bound(name: string, value: JsonValue): { readonly name: string; readonly value: JsonValue } | undefined {
    const isTaken = typeof value === 'number' && Math.abs(value) < MAX_BOUND && !name.startsWith('exclusive');
    if (!isTaken) this.lost.add(name);
    return isTaken ? { name, value } : undefined;
  }

  /** `anyOf: [X, null]` is X, and alternatives that are all enums are one enum. */
  #withoutNullBranch(schema: JsonObject, depth: number): JsonObject {
    for (const name of ['anyOf', 'oneOf'] as const) {
      const value = schema[name];
      if (!Array.isArray(value)) continue;
      const branches = schemasIn(value).map((branch) => this.#resolved(branch, depth));
      const others = branches.filter(({ type }) => type !== 'null');
      const { [name]: _alternatives, ...rest } = schema;
      const [only] = others;
      if (others.length === 1 && only !== undefined) return { ...only, ...rest };
      const values = others.flatMap((branch) => enumOf(branch) ?? []);
      if (others.length > 0 && others.every((branch) => enumOf(branch) !== undefined)) return { ...rest, enum: values };
      return { ...schema, [name]: others };
    }
    return schema;
  }

  /** The schema behind a local reference, with what stands beside the reference. */
  #resolved(schema: JsonObject, depth: number): JsonObject {
    const reference = schema['$ref'];
    if (typeof reference !== 'string' || depth > MAX_SCHEMA_DEPTH) return schema;
    const target = this.#lookUp(reference);
    if (target === undefined) return schema;
    const { $ref: _reference, ...rest } = schema;
    return this.#resolved({ ...target, ...rest }, depth + 1);
  }

  #lookUp(reference: string): JsonObject | undefined {
    if (!reference.startsWith('#/')) return undefined;
    let at: JsonValue | undefined = this.document;
    for (const step of reference.slice(2).split('/')) {
      at = isJsonObject(at) ? at[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
    }
    return isJsonObject(at) ? at : undefined;
  }
}

function isCombinator(name: string): boolean {
  return (COMBINATORS as readonly string[]).includes(name);
}

function schemasIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function enumOf(schema: JsonObject): readonly JsonValue[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  return schema['const'] === undefined ? undefined : [schema['const']];
}
