import type { FunctionTool, JsonObject, Tool } from '@sluice/core';
import { carryUnknown, objectMember, objectsMember, textMember, toObjectSchema } from '@sluice/translator-kit';
import { carry, FORMAT } from '../carried.js';
import { CUSTOM_PARAMETERS } from '../items/custom-input.js';
import { qualifiedName } from '../items/tool-namespace.js';
import { allowedTools, nameOfChoice } from './decode-tool-choice.js';

const FUNCTION: ReadonlySet<string> = new Set(['type', 'name', 'description', 'parameters', 'strict']);
const CUSTOM: ReadonlySet<string> = new Set(['type', 'name', 'description', 'format']);

/** Items that bring tools along, which can be called from then on. */
const TOOL_ITEMS: ReadonlySet<string | undefined> = new Set(['additional_tools', 'tool_search_output']);

export interface DecodedTools {
  readonly tools: readonly Tool[];
  /** The client's own list, where the canonical one is another: namespaces are flat there, and only allowed tools stand in it. */
  readonly own?: JsonObject;
}

/** `tools` and the tools that items of the input bring along. Of two with one name the first counts. */
export function decodeTools(body: JsonObject): DecodedTools {
  const declared = objectsMember(body, 'tools');
  const found = objectsMember(body, 'input').flatMap((item) =>
    TOOL_ITEMS.has(textMember(item, 'type')) ? objectsMember(item, 'tools') : [],
  );
  const tools = distinct([...declared, ...found].flatMap((tool) => decodeTool(tool, undefined)));
  const allowed = allowedTools(body['tool_choice']);
  const isFlattened = found.length > 0 || declared.some(({ type }) => type === 'namespace');
  const own = isFlattened || allowed !== undefined ? { own: { tools: body['tools'] ?? [] } } : {};
  if (allowed === undefined) return { tools, ...own };
  const names = new Set(objectsMember(allowed, 'tools').map(nameOfChoice));
  return { tools: tools.filter((tool) => tool.kind === 'function' && names.has(tool.name)), ...own };
}

function decodeTool(tool: JsonObject, namespace: string | undefined): readonly Tool[] {
  switch (tool['type']) {
    case 'function':
      return [decodeFunction(tool, namespace)];
    case 'custom':
      return [decodeCustom(tool, namespace)];
    case 'namespace':
      return objectsMember(tool, 'tools').flatMap((inner) => decodeTool(inner, textMember(tool, 'name')));
    default:
      return [{ kind: 'server', tool: textMember(tool, 'type') ?? 'unknown', raw: { format: FORMAT, value: tool } }];
  }
}

function decodeFunction(tool: JsonObject, namespace: string | undefined): FunctionTool {
  const { strict, parameters } = tool;
  const description = textMember(tool, 'description');
  return {
    kind: 'function',
    name: qualifiedName(textMember(tool, 'name') ?? '', namespace),
    ...(description !== undefined && { description }),
    parameters: objectMember(tool, 'parameters') ?? toObjectSchema(undefined),
    ...(typeof strict === 'boolean' && { strict }),
    ...carry(carryUnknown(tool, FUNCTION), {
      ...(parameters === null && { parameters }),
      ...(strict === null && { strict }),
      ...spelledName(tool, namespace),
    }),
  };
}

/** A tool that takes free text. Its grammar is told in the description, the only place that others read. */
function decodeCustom(tool: JsonObject, namespace: string | undefined): FunctionTool {
  const { type, description, format } = tool;
  const told = [description, grammarOf(objectMember(tool, 'format'))].filter((text) => typeof text === 'string');
  return {
    kind: 'function',
    name: qualifiedName(textMember(tool, 'name') ?? '', namespace),
    ...(told.length > 0 && { description: told.join('\n\n') }),
    parameters: CUSTOM_PARAMETERS,
    ...carry(carryUnknown(tool, CUSTOM), {
      type,
      ...(description !== undefined && { description }),
      ...(format !== undefined && { format }),
      ...spelledName(tool, namespace),
    }),
  };
}

function grammarOf(format: JsonObject | undefined): string | undefined {
  const definition = textMember(format, 'definition');
  if (definition === undefined) return undefined;
  return `The input must match this ${textMember(format, 'syntax') ?? 'formal'} grammar:\n${definition}`;
}

function spelledName({ name }: JsonObject, namespace: string | undefined): JsonObject {
  return namespace === undefined ? {} : { name, namespace };
}

function distinct(tools: readonly Tool[]): readonly Tool[] {
  const names = new Set<string>();
  return tools.filter((tool) => {
    if (tool.kind === 'server') return true;
    const isNew = !names.has(tool.name);
    names.add(tool.name);
    return isNew;
  });
}
