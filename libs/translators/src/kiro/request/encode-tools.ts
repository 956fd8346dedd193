import type { CanonicalRequest, FunctionTool, JsonObject } from '@sluice/core';
import { cleanText, isBlank } from './clean-text.js';
import { cleanSchema } from './clean-schema.js';
import { compressTools } from './compress-tools.js';
import type { KiroDialect } from '../dialect.js';
import type { EncodeWarnings } from './encode-warnings.js';
import { remarkOnWrites, withRemark } from './split-writes.js';
import { strictSchema } from './strict-schema.js';
import type { ToolNames } from '../tool-names.js';
import type { Turn } from './turn.js';
import { warnOfSearchOptions } from '../web-search/encode-search.js';
import { mixedSearch, SEARCH_ENTRY } from '../web-search/mixed-search.js';
import type { ToolEntry } from '../wire-types.js';

/** Per tool; the service refuses more than 10 240 characters. */
export const MAX_DESCRIPTION_CHARACTERS = 10_000;
/** More tools, or larger ones together, are known to make the service refuse the request. */
export const MANY_TOOLS = 120;
export const LARGE_TOOLS_BYTES = 1_000_000;

export interface EncodedTools {
  readonly entries: readonly ToolEntry[];
  /** Descriptions that are too long for a tool, as sections for the system prompt; empty when there are none. */
  readonly documentation: string;
  /** Whether a description states a limit of lines. */
  readonly hasRemarks: boolean;
}

export interface ToolsInput {
  readonly request: CanonicalRequest;
  readonly history: readonly Turn[];
  readonly names: ToolNames;
  readonly dialect: KiroDialect;
  readonly warnings: EncodeWarnings;
}

/** The tools of the request, and a placeholder for every other tool that the history calls: the service refuses unknown names. */
export function encodeTools(input: ToolsInput): EncodedTools {
  const { request, names, warnings } = input;
  const offered: OfferedTool[] = [];
  const isOffered = request.toolChoice?.mode !== 'none';
  const search = mixedSearch(request);
  request.tools.forEach((tool, index) => {
    const path = `/tools/${index}`;
    if (index === search?.index) {
      offered.push({ entry: SEARCH_ENTRY, hasRemark: false });
      warnings.add(
        path,
        'approximated',
        'Kiro does not search itself: the gateway searches for it, at most five times.',
      );
      warnOfSearchOptions(request, index, warnings);
    } else if (tool.kind === 'server')
      warnings.add(path, 'dropped', `Kiro does not run the tool "${tool.tool}" itself.`);
    else if (isOffered) offered.push(encodeTool(tool, path, input));
  });
  const entries = compressed(
    offered.map(({ entry }) => entry),
    input,
  );
  const all = [...entries, ...placeholders(entries, input.history, names)];
  warnOfMany(all, warnings);
  return {
    entries: all,
    documentation: offered.flatMap(({ section }) => section ?? []).join('\n\n'),
    hasRemarks: offered.some(({ hasRemark }) => hasRemark),
  };
}

interface OfferedTool {
  readonly entry: ToolEntry;
  readonly section?: string;
  readonly hasRemark: boolean;
}

function compressed(entries: readonly ToolEntry[], { dialect, warnings }: ToolsInput): readonly ToolEntry[] {
  const { entries: smaller, compression } = compressTools(entries, dialect.toolCompressionBytes);
  if (compression !== 'none') {
    const what = compression === 'schemas' ? 'explanations of arguments are' : 'explanations and descriptions are';
    warnings.add('/tools', 'changed', `The tools are too large for the account: ${what} shortened.`);
  }
  return smaller;
}

function warnOfMany(entries: readonly ToolEntry[], warnings: EncodeWarnings): void {
  if (entries.length > MANY_TOOLS) {
    warnings.add('/tools', 'approximated', `Kiro may refuse a request with more than ${MANY_TOOLS} tools.`);
  }
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
  if (bytes > LARGE_TOOLS_BYTES) {
    warnings.add('/tools', 'approximated', `Kiro may refuse tools of more than ${LARGE_TOOLS_BYTES} bytes together.`);
  }
}

function encodeTool(tool: FunctionTool, path: string, input: ToolsInput): OfferedTool {
  const { names, dialect, warnings } = input;
  const json = encodeSchema(tool, path, input);
  if (tool.strict === true) warnings.add(path, 'dropped', 'Kiro cannot be held to a schema: "strict" is not sent.');
  if (tool.cache !== undefined && !dialect.cachePoints) {
    warnings.add(path, 'dropped', 'Kiro decides itself what it caches: cache markers are not sent.');
  }
  const name = names.toWire(tool.name);
  const description = cleanText(tool.description ?? '');
  if (description.length <= MAX_DESCRIPTION_CHARACTERS) {
    const entry = entryOf(name, isBlank(description) ? `Tool: ${name}` : description, json);
    return remarked(entry, tool, path, input);
  }
  warnings.add(
    path,
    'changed',
    `The description of "${tool.name}" is too long for a tool and moved to the system prompt.`,
  );
  const pointer = `The full description is in the system prompt under "Tool: ${name}".`;
  const entry = entryOf(name, pointer, json);
  return { ...remarked(entry, tool, path, input), section: `## Tool: ${name}\n\n${description}` };
}

function encodeSchema({ name, parameters }: FunctionTool, path: string, { dialect, warnings }: ToolsInput): JsonObject {
  const clean = cleanSchema(parameters);
  const strict = dialect.strictSchemas ? strictSchema(clean.schema) : { schema: clean.schema, lost: [] };
  const lost = [...clean.lost, ...strict.lost];
  if (lost.length > 0) {
    warnings.add(path, 'changed', `Kiro refuses parts of the schema of "${name}"; left out: ${lost.join(', ')}.`);
  }
  return strict.schema;
}

function remarked(
  entry: ToolEntry,
  { name }: FunctionTool,
  path: string,
  { dialect, warnings }: ToolsInput,
): OfferedTool {
  const remark = dialect.splitWrites ? remarkOnWrites(name) : undefined;
  if (remark === undefined) return { entry, hasRemark: false };
  warnings.add(path, 'changed', `The description of "${name}" says how much may be written at once.`);
  return { entry: withRemark(entry, remark), hasRemark: true };
}

/** Clients leave tools away when they compact a conversation. Names are compared as the service does it: without case. */
function placeholders(entries: readonly ToolEntry[], history: readonly Turn[], names: ToolNames): readonly ToolEntry[] {
  const known = new Set(entries.map(({ toolSpecification }) => toolSpecification.name.toLowerCase()));
  const added: ToolEntry[] = [];
  for (const turn of history) {
    for (const call of turn.role === 'assistant' ? turn.calls : []) {
      const name = names.toWire(call.name);
      if (known.has(name.toLowerCase())) continue;
      known.add(name.toLowerCase());
      const description = 'A tool used earlier in this conversation. It is not available any more.';
      added.push(entryOf(name, description, { type: 'object', properties: {} }));
    }
  }
  return added;
}

function entryOf(name: string, description: string, json: JsonObject): ToolEntry {
  return { toolSpecification: { name, description, inputSchema: { json } } };
}
