import type { z } from 'zod';
import { unwrapSchema } from './walk-schema.js';

/** The type of a text that nothing more is known about. */
export const PLAIN_TEXT = 'text';

/** What a setting allows, in words: for the reference and for the end of an error line. */
export function describeType(schema: z.core.$ZodType): string {
  const { core, facts } = unwrapSchema(schema);
  if (typeof facts.type === 'string') return facts.type;
  const definition = core._zod.def;
  switch (definition.type) {
    case 'string':
      return 'format' in definition && definition.format === 'url' ? 'a URL' : PLAIN_TEXT;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true | false';
    case 'enum':
      return Object.values(definition.entries).join(' | ');
    case 'literal':
      return definition.values.map(String).join(' | ');
    case 'array':
      return `a list of: ${describeType(definition.element)}`;
    case 'record':
      return `a mapping of names to: ${describeType(definition.valueType)}`;
    case 'union':
      return definition.options.map(describeType).join(', or ');
    case 'object':
      return `a mapping with ${Object.keys(definition.shape).join(', ')}`;
    default:
      return definition.type;
  }
}
