import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import type { ToolEntry } from '../wire-types.js';

/** Descriptions are never cut below this. */
const MIN_DESCRIPTION_CHARACTERS = 50;
const ELLIPSIS = '...';

const KEPT_KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'required',
  'properties',
  'items',
  'additionalProperties',
  'anyOf',
  'oneOf',
  'allOf',
]);

/** How far the tools had to be compressed. */
export type Compression = 'none' | 'schemas' | 'descriptions';

export interface CompressedTools {
  readonly entries: readonly ToolEntry[];
  readonly compression: Compression;
}

/**
 * Tools that are too large together lose first what explains the members of their arguments, then the ends of their own
 * descriptions, each in proportion. The shape of the arguments is never touched, so the result may still be larger.
 *
 * @param maxBytes of the tools' JSON; 0 = leave them alone
 */
export function compressTools(entries: readonly ToolEntry[], maxBytes: number): CompressedTools {
  if (maxBytes === 0 || sizeOf(entries) <= maxBytes) return { entries, compression: 'none' };
  const bare = entries.map(withBareSchema);
  const size = sizeOf(bare);
  if (size <= maxBytes) return { entries: bare, compression: 'schemas' };
  const share = maxBytes / size;
  return { entries: bare.map((entry) => withShortDescription(entry, share)), compression: 'descriptions' };
}

function sizeOf(entries: readonly ToolEntry[]): number {
  return Buffer.byteLength(JSON.stringify(entries));
}

function withBareSchema({ toolSpecification }: ToolEntry): ToolEntry {
  const json = bareSchema(toolSpecification.inputSchema.json);
  return { toolSpecification: { ...toolSpecification, inputSchema: { json } } };
}

/** Names below `properties` are the client's and stay. */
function bareSchema(schema: JsonObject): JsonObject {
  const bare: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!KEPT_KEYWORDS.has(keyword) || value === undefined) continue;
    bare[keyword] = keyword === 'properties' && isJsonObject(value) ? mapMembers(value) : bareValue(keyword, value);
  }
  return bare;
}

function mapMembers(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, isJsonObject(schema) ? bareSchema(schema) : schema]),
  );
}

function bareValue(keyword: string, value: JsonValue): JsonValue {
  if (keyword === 'enum') return value; // its values are data, whatever they look like
  if (Array.isArray(value)) return value.map((item: JsonValue) => (isJsonObject(item) ? bareSchema(item) : item));
  return isJsonObject(value) ? bareSchema(value) : value;
}

function withShortDescription({ toolSpecification }: ToolEntry, share: number): ToolEntry {
  const characters = [...toolSpecification.description]; // whole characters: half a pair makes the body invalid
  const allowed = Math.max(MIN_DESCRIPTION_CHARACTERS, Math.floor(characters.length * share));
  if (characters.length <= allowed) return { toolSpecification };
  const description = characters.slice(0, allowed - ELLIPSIS.length).join('') + ELLIPSIS;
  return { toolSpecification: { ...toolSpecification, description } };
}
