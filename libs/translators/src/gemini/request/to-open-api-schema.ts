import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** References inside one schema that are followed; deeper ones (recursive types) become a plain object. */
const MAX_REFERENCE_DEPTH = 8;
/** References that are followed in one schema, so that a small one cannot grow without end. */
const MAX_REFERENCES = 1000;

/** Keywords that the subset has, besides those that are rewritten. */
const KEPT: ReadonlySet<string> = new Set([
  'description',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'nullable',
  'pattern',
]);
/** Keywords that are rewritten, or that say nothing about values. */
const HANDLED: ReadonlySet<string> = new Set([
  '$comment',
  '$defs',
  '$id',
  '$ref',
  '$schema',
  'anyOf',
  'const',
  'definitions',
  'enum',
  'items',
  'oneOf',
  'properties',
  'required',
  'title',
  'type',
]);
const FORMATS: ReadonlySet<string> = new Set(['enum', 'date-time', 'int32', 'int64', 'float', 'double']);

export interface OpenApiSchema {
  readonly schema: JsonObject;
  /** Keywords that the subset cannot say, each once. */
  readonly lost: readonly string[];
}

/**
 * JSON schema in the subset of OpenAPI 3.0 that `parameters` and `responseSchema` take: references are put in their places, a
 * null among types or branches becomes `nullable`, a constant an enum, and what the subset cannot say is left out.
 * @see https://ai.google.dev/api/caching#Schema
 */
export function toOpenApiSchema(schema: JsonObject): OpenApiSchema {
  const writer = new SchemaWriter(schema);
  const written = writer.write(schema, 0);
  return { schema: written, lost: [...writer.lost] };
}

class SchemaWriter {
  readonly lost = new Set<string>();
  readonly #root: JsonObject;
  #references = 0;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  write(schema: JsonObject, depth: number): JsonObject {
    const reference = schema['$ref'];
    if (typeof reference === 'string') return this.#follow(schema, reference, depth);
    for (const name of Object.keys(schema)) {
      if (!KEPT.has(name) && !HANDLED.has(name) && !(name === 'format' && FORMATS.has(String(schema[name]))))
        this.lost.add(name);
    }
    const { types, isNullable } = typesOf(schema['type']);
    const enumeration = enumOf(schema);
    const [type, ...others] = types;
    const branches = branchesOf(schema);
    const own: JsonObject = {
      ...Object.fromEntries(Object.entries(schema).filter(([name]) => KEPT.has(name))),
      ...(typeof schema['format'] === 'string' && FORMATS.has(schema['format']) && { format: schema['format'] }),
      ...(type !== undefined && others.length === 0 && { type: (enumeration ? 'string' : type).toUpperCase() }),
      ...(enumeration !== undefined && { type: 'STRING', enum: enumeration.values }),
      ...((isNullable || enumeration?.isNullable) && { nullable: true }),
    };
    return {
      ...own,
      ...this.#structure(schema, depth),
      ...this.#union(branches, others.length > 0 ? types : [], depth),
    };
  }

  #structure(schema: JsonObject, depth: number): JsonObject {
    const { properties, items, required } = schema;
    const written = isJsonObject(properties)
      ? Object.fromEntries(
          Object.entries(properties).map(([name, value]) => [
            name,
            isJsonObject(value) ? this.write(value, depth) : {},
          ]),
        )
      : undefined;
    const names =
      written && Array.isArray(required)
        ? required.filter((name: JsonValue) => typeof name === 'string' && Object.hasOwn(written, name))
        : [];
    return {
      ...(written !== undefined && Object.keys(written).length > 0 && { properties: written }),
      ...(names.length > 0 && { required: names }),
      ...(isJsonObject(items) && { items: this.write(items, depth) }),
    };
  }

  /** `anyOf` for branches and for several types; a branch that is only null makes the whole nullable. */
  #union(branches: readonly JsonObject[], types: readonly string[], depth: number): JsonObject {
    const real = branches.filter(({ type }) => type !== 'null');
    const nullable = real.length < branches.length ? { nullable: true } : {};
    const [only] = real;
    if (real.length === 1 && only !== undefined) return { ...this.write(only, depth), ...nullable };
    const written = [
      ...real.map((branch) => this.write(branch, depth)),
      ...types.map((type) => ({ type: type.toUpperCase() })),
    ];
    return written.length === 0 ? nullable : { anyOf: written, ...nullable };
  }

  #follow(schema: JsonObject, reference: string, depth: number): JsonObject {
    this.#references += 1;
    const isBounded = depth < MAX_REFERENCE_DEPTH && this.#references <= MAX_REFERENCES;
    const target = isBounded ? this.#find(reference) : undefined;
    const { description } = schema;
    const hint = typeof description === 'string' ? { description } : {};
    if (target !== undefined) return { ...this.write(target, depth + 1), ...hint };
    this.lost.add('$ref');
    return { type: 'OBJECT', ...hint };
  }

  /** `#/$defs/Name`; other references point outside. */
  #find(reference: string): JsonObject | undefined {
    if (!reference.startsWith('#')) return undefined;
    let node: JsonValue | undefined = this.#root;
    for (const step of reference.split('/').slice(1)) {
      if (!isJsonObject(node)) return undefined;
      node = node[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return isJsonObject(node) ? node : undefined;
  }
}

function typesOf(value: JsonValue | undefined): { readonly types: readonly string[]; readonly isNullable: boolean } {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (type: JsonValue | undefined) => typeof type === 'string',
  );
  const types = list.filter((type) => type !== 'null');
  return { types, isNullable: types.length < list.length && types.length > 0 };
}

/** Only texts can be enumerated. */
function enumOf(schema: JsonObject): { readonly values: readonly string[]; readonly isNullable: boolean } | undefined {
  const values = Array.isArray(schema['enum'])
    ? schema['enum']
    : schema['const'] === undefined
      ? []
      : [schema['const']];
  const said = values.filter((value: JsonValue) => value !== null);
  if (said.length === 0) return undefined;
  return {
    values: said.map((value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value))),
    isNullable: said.length < values.length,
  };
}

function branchesOf({ anyOf, oneOf }: JsonObject): readonly JsonObject[] {
  return [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isJsonObject) : []));
}
