import type { FunctionTool, JsonObject, Tool } from '@sluice/core';
import {
  carryUnknown,
  nestedMember,
  objectMember,
  objectsMember,
  textMember,
  toObjectSchema,
} from '@sluice/translator-kit';
import { carry, FORMAT, spelled } from '../carried.js';
import { CUSTOM_PARAMETERS } from '../tool-arguments.js';
import { carryNode } from './carry-node.js';
import { readCache } from './decode-content.js';
import { allowedTools, nameOfChoice } from './decode-tool-choice.js';

const NODE: ReadonlySet<string> = new Set(['type', 'function']);
const CUSTOM_NODE: ReadonlySet<string> = new Set(['type']);
const FUNCTION: ReadonlySet<string> = new Set(['name', 'description', 'parameters', 'strict']);

/** Marks a tool that was declared in `functions`. */
const LEGACY_TOOL: JsonObject = { functions: true };

/**
 * `tools`, the older `functions`, and the web search that is asked for by an option. With `allowed_tools` only those: what
 * the client sent then travels with the request.
 */
export function decodeTools(body: JsonObject): readonly Tool[] {
  const tools = [
    ...objectsMember(body, 'tools').map(decodeTool),
    ...objectsMember(body, 'functions').map(decodeLegacyFunction),
    ...webSearch(body),
  ];
  const allowed = allowedTools(body['tool_choice']);
  if (allowed === undefined) return tools;
  const names = new Set(objectsMember(allowed, 'tools').map(nameOfChoice));
  return tools.filter((tool) => tool.kind === 'function' && names.has(tool.name));
}

function decodeTool(tool: JsonObject): Tool {
  const declared = objectMember(tool, 'function');
  if (declared !== undefined) return { ...decodeFunction(declared), ...toolRest(tool, declared) };
  const custom = objectMember(tool, 'custom');
  if (custom !== undefined) {
    const cache = readCache(tool);
    return {
      ...decodeFunction(custom),
      ...describedGrammar(custom),
      parameters: CUSTOM_PARAMETERS,
      ...(cache !== undefined && { cache }),
      ...carryNode(tool, CUSTOM_NODE),
    };
  }
  return { kind: 'server', tool: textMember(tool, 'type') ?? 'unknown', raw: { format: FORMAT, value: tool } };
}

/** A grammar is told in the description, the only place that others read. */
function describedGrammar(custom: JsonObject): Pick<FunctionTool, 'description'> {
  const grammar = objectMember(objectMember(custom, 'format'), 'grammar');
  const definition = textMember(grammar, 'definition');
  if (definition === undefined) return {};
  const rule = `The input must match this ${textMember(grammar, 'syntax') ?? 'formal'} grammar:\n${definition}`;
  const description = textMember(custom, 'description');
  return { description: description === undefined ? rule : `${description}\n\n${rule}` };
}

function decodeFunction(declared: JsonObject): FunctionTool {
  const description = textMember(declared, 'description');
  const { strict } = declared;
  return {
    kind: 'function',
    name: textMember(declared, 'name') ?? '',
    ...(description !== undefined && { description }),
    parameters: objectMember(declared, 'parameters') ?? toObjectSchema(undefined),
    ...(typeof strict === 'boolean' && { strict }),
  };
}

function toolRest(tool: JsonObject, declared: JsonObject): Pick<FunctionTool, 'cache' | 'extensions'> {
  const cache = readCache(tool);
  const inner = carryUnknown(declared, FUNCTION);
  return {
    ...(cache !== undefined && { cache }),
    ...carryNode(tool, NODE, { inner: nestedMember('function', inner) }),
  };
}

/** It carries that it stood in `functions`: whoever declares that way reads `function_call` only. */
function decodeLegacyFunction(declared: JsonObject): Tool {
  return {
    ...decodeFunction(declared),
    ...carry(spelled(LEGACY_TOOL), nestedMember('function', carryUnknown(declared, FUNCTION))),
  };
}

function webSearch(body: JsonObject): readonly Tool[] {
  const options = objectMember(body, 'web_search_options');
  if (options === undefined) return [];
  return [{ kind: 'server', tool: 'web_search', raw: { format: FORMAT, value: { web_search_options: options } } }];
}
