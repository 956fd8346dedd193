import type { CanonicalRequest, FunctionTool } from '@sluice/core';
import { cleanText, isBlank } from './clean-text.js';
import { cleanSchema } from './clean-schema.js';
import type { EncodeWarnings } from './encode-warnings.js';
import type { ToolNames } from '../tool-names.js';
import type { Turn } from './turn.js';
import type { ToolEntry } from '../wire-types.js';

/** Per tool; the service refuses more than 10 240 characters. */
export const MAX_DESCRIPTION_CHARACTERS = 10_000;
/** More tools are known to make the service refuse the request. */
export const MANY_TOOLS = 120;

export interface EncodedTools {
  readonly entries: readonly ToolEntry[];
  /** Descriptions that are too long for a tool, as sections for the system prompt; empty when there are none. */
  readonly documentation: string;
}

export interface ToolsInput {
  readonly request: CanonicalRequest;
  readonly history: readonly Turn[];
  readonly names: ToolNames;
  readonly warnings: EncodeWarnings;
}

/** The tools of the request, and a placeholder for every other tool that the history calls: the service refuses unknown names. */
export function encodeTools(input: ToolsInput): EncodedTools {
  const { request, names, warnings } = input;
  const entries: ToolEntry[] = [];
  const sections: string[] = [];
  const isOffered = request.toolChoice?.mode !== 'none';
  request.tools.forEach((tool, index) => {
    const path = `/tools/${index}`;
    if (tool.kind === 'server') {
      warnings.add(path, 'dropped', `Kiro does not run the tool "${tool.tool}" itself.`);
    } else if (isOffered) {
      const { entry, section } = encodeTool(tool, path, input);
      entries.push(entry);
      if (section !== undefined) sections.push(section);
    }
  });
  if (entries.length > MANY_TOOLS) {
    warnings.add('/tools', 'approximated', `Kiro may refuse a request with more than ${MANY_TOOLS} tools.`);
  }
  return {
    entries: [...entries, ...placeholders(entries, input.history, names)],
    documentation: sections.join('\n\n'),
  };
}

function encodeTool(
  tool: FunctionTool,
  path: string,
  { names, warnings }: ToolsInput,
): { readonly entry: ToolEntry; readonly section?: string } {
  const { schema, lost } = cleanSchema(tool.parameters);
  if (lost.length > 0) {
    warnings.add(path, 'changed', `Kiro refuses parts of the schema of "${tool.name}"; left out: ${lost.join(', ')}.`);
  }
  if (tool.strict === true) warnings.add(path, 'dropped', 'Kiro cannot be held to a schema: "strict" is not sent.');
  if (tool.cache !== undefined) {
    warnings.add(path, 'dropped', 'Kiro decides itself what it caches: cache markers are not sent.');
  }
  const name = names.toWire(tool.name);
  const description = cleanText(tool.description ?? '');
  if (description.length <= MAX_DESCRIPTION_CHARACTERS) {
    return { entry: entryOf(name, isBlank(description) ? `Tool: ${name}` : description, schema) };
  }
  warnings.add(
    path,
    'changed',
    `The description of "${tool.name}" is too long for a tool and moved to the system prompt.`,
  );
  const pointer = `The full description is in the system prompt under "Tool: ${name}".`;
  return { entry: entryOf(name, pointer, schema), section: `## Tool: ${name}\n\n${description}` };
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

function entryOf(
  name: string,
  description: string,
  json: ToolEntry['toolSpecification']['inputSchema']['json'],
): ToolEntry {
  return { toolSpecification: { name, description, inputSchema: { json } } };
}
