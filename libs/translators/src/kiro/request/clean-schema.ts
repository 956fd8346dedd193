import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** Deeper or larger schemas are cut off: references may repeat a definition very often. */
export const MAX_SCHEMA_DEPTH = 64;
export const MAX_SCHEMA_NODES = 10_000;

/** Bounds beyond a signed 32-bit number are refused. */
const MAX_BOUND = 2 ** 31;

/** Left out without a word: they say nothing that changes what a well-meaning model writes. */
const SILENTLY_REMOVED = new Set(['$schema', '$id', '$defs', 'definitions', 'contentMediaType', 'contentEncoding']);

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
  const { type = 'object', properties = {} } = root;
  if (type === 'object' || (Array.isArray(type) && type.includes('object'))) {
    return { ...root, type: 'object', properties };
  }
  lost.add('type');
  return { type: 'object', properties: { input: root } };
}

/** References that are being written out around a node: one that returns would never end. */
type OpenReferences = readonly string[];

interface Place {
  readonly schema: JsonObject;
  readonly open: OpenReferences;
}

class SchemaCleaner {
  readonly lost = new Set<string>();
  #nodes = 0;

  constructor(private readonly document: JsonObject) {}

  root(): JsonObject {
    return this.#node(this.#liftVariant(this.#resolved({ schema: this.document, open: [] })), 0);
  }

  /** A root made of alternatives becomes the first object among them. */
  #liftVariant({ schema, open }: Place): Place {
    const combinators = COMBINATORS.filter((name) => schema[name] !== undefined);
    if (combinators.length === 0) return { schema, open };
    const lifted: Record<string, JsonValue | undefined> = { ...schema };
    for (const name of combinators) {
      this.lost.add(name);
      delete lifted[name];
    }
    if (isJsonObject(schema['properties'])) return { schema: lifted, open };
    const variant = combinators
      .flatMap((name) => schemasIn(schema[name]))
      .map((candidate) => this.#resolved({ schema: candidate, open }))
      .find(({ schema: { type, properties } }) => type === 'object' || isJsonObject(properties));
    for (const name of LIFTED) lifted[name] = lifted[name] ?? variant?.schema[name];
    return { schema: lifted, open: variant?.open ?? open };
  }

  #node(place: Place, depth: number): JsonObject {
    this.#nodes += 1;
    if (depth > MAX_SCHEMA_DEPTH || this.#nodes > MAX_SCHEMA_NODES) {
      this.lost.add('deep nesting');
      return {};
    }
    const { schema, open } = this.#withoutNullBranch(this.#resolved(place));
    const clean: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(schema)) {
      const kept = value === undefined ? undefined : this.#keyword({ name, value, open, depth });
      if (kept !== undefined) clean[name === 'const' ? 'enum' : name] = kept;
    }
    return clean;
  }

  /** The keyword's value as the service takes it; undefined = leave the keyword out. */
  #keyword({ name, value, open, depth }: Keyword): JsonValue | undefined {
    if (SILENTLY_REMOVED.has(name)) return undefined;
    if (name === 'const') return [value];
    if (value === null) return undefined;
    if (REMOVED.has(name)) return this.#lose(name);
    if (BOUNDS.has(name)) return isTakenBound(name, value) ? value : this.#lose(name);
    const clean = (schema: JsonObject): JsonObject => this.#node({ schema, open }, depth + 1);
    switch (name) {
      case 'required':
        return Array.isArray(value) && value.length > 0 ? value.filter((item) => typeof item === 'string') : undefined;
      case 'properties':
        return isJsonObject(value) ? mapValues(value, clean) : undefined;
      case 'items':
        return isJsonObject(value) ? clean(value) : this.#lose('items');
      case 'additionalProperties':
        return isJsonObject(value) && Object.keys(value).length > 0 ? this.#lose(name) : undefined;
      case 'anyOf':
      case 'oneOf':
      case 'allOf':
        return schemasIn(value).map(clean);
      default:
        return value;
    }
  }

  #lose(keyword: string): undefined {
    this.lost.add(keyword);
  }

  /** `anyOf: [X, null]` is X, and alternatives that are all enums are one enum. */
  #withoutNullBranch({ schema, open }: Place): Place {
    for (const name of ['anyOf', 'oneOf'] as const) {
      if (!Array.isArray(schema[name])) continue;
      const branches = schemasIn(schema[name]).map((branch) => this.#resolved({ schema: branch, open }));
      const others = branches.filter((branch) => branch.schema['type'] !== 'null');
      const rest = without(schema, name);
      const [only] = others;
      if (others.length === 1 && only !== undefined) return { schema: { ...only.schema, ...rest }, open: only.open };
      const enums = others.map((branch) => enumOf(branch.schema));
      if (enums.length > 0 && enums.every((values) => values !== undefined)) {
        return { schema: { ...rest, enum: enums.flat() }, open };
      }
      return { schema: { ...rest, [name]: schemasIn(schema[name]).filter(({ type }) => type !== 'null') }, open };
    }
    return { schema, open };
  }

  /** The schema behind a local reference, with what stands beside the reference. */
  #resolved({ schema, open }: Place): Place {
    const reference = schema['$ref'];
    if (typeof reference !== 'string' || open.includes(reference)) return { schema, open };
    const target = this.#lookUp(reference);
    if (target === undefined) return { schema, open };
    return this.#resolved({ schema: { ...target, ...without(schema, '$ref') }, open: [...open, reference] });
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

interface Keyword {
  readonly name: string;
  readonly value: JsonValue;
  readonly open: OpenReferences;
  readonly depth: number;
}

function isTakenBound(name: string, value: JsonValue): boolean {
  return typeof value === 'number' && Math.abs(value) < MAX_BOUND && !name.startsWith('exclusive');
}

/** Names below `properties` are the client's, whatever they are called; a member that is no schema allows everything. */
function mapValues(properties: JsonObject, clean: (schema: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isJsonObject(schema) ? clean(schema) : {}]),
  );
}

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

function schemasIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function enumOf(schema: JsonObject): readonly JsonValue[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  return schema['const'] === undefined ? undefined : [schema['const']];
}
