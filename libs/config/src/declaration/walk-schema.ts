import type { z } from 'zod';
import { isMapping, type Path } from '../path.js';

/** A setting without its wrappers (default, optional, coercion), and what the wrappers said. */
export interface UnwrappedSchema {
  readonly core: z.core.$ZodTypes;
  /** Metadata of all layers; the outer ones win. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly defaultValue: unknown;
  readonly isOptional: boolean;
}

/** Looks through a schema's wrappers, from the outside in. */
export function unwrapSchema(schema: z.core.$ZodType): UnwrappedSchema {
  // every schema that zod's own functions make is one of the union; the base type only hides it
  const core = schema as z.core.$ZodTypes;
  const own = metadataOf(schema);
  const inner = innerOf(core);
  if (inner === undefined) return { core, facts: own, defaultValue: undefined, isOptional: false };

  const unwrapped = unwrapSchema(inner);
  const definition = core._zod.def;
  const hasDefault = definition.type === 'default' || definition.type === 'prefault';
  return {
    core: unwrapped.core,
    facts: { ...unwrapped.facts, ...own },
    defaultValue: hasDefault ? definition.defaultValue : unwrapped.defaultValue,
    isOptional: hasDefault || definition.type === 'optional' || unwrapped.isOptional,
  };
}

/** The schema of the value at a path; undefined where the path leaves the schema. */
export function schemaAt(root: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((schema, segment) => {
    return schema === undefined ? undefined : memberOf(schema, segment);
  }, root);
}

/** The members of an object schema, or undefined for anything else. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const definition = unwrapSchema(schema).core._zod.def;
  return definition.type === 'object' ? definition.shape : undefined;
}

function memberOf(schema: z.core.$ZodType, segment: string | number): z.core.$ZodType | undefined {
  const definition = unwrapSchema(schema).core._zod.def;
  switch (definition.type) {
    case 'object':
      return definition.shape[segment];
    case 'array':
      return definition.element;
    case 'record':
      return definition.valueType;
    case 'union': // the alternative that has such a member
      return definition.options.map((option) => memberOf(option, segment)).find((member) => member !== undefined);
    default:
      return undefined;
  }
}

function innerOf(core: z.core.$ZodTypes): z.core.$ZodType | undefined {
  const definition = core._zod.def;
  switch (definition.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return definition.innerType;
    case 'pipe': // a coercion stands before its schema, a transform after it
      return (definition.in as z.core.$ZodTypes)._zod.def.type === 'transform' ? definition.out : definition.in;
    default:
      return undefined;
  }
}

function metadataOf(schema: z.core.$ZodType): Readonly<Record<string, unknown>> {
  const meta: unknown = 'meta' in schema && typeof schema.meta === 'function' ? schema.meta() : undefined;
  return isMapping(meta) ? meta : {};
}
