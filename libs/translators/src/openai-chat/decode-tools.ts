import type { FunctionTool, JsonObject, JsonValue, Tool, ToolChoice } from '@sluice/core';
import { carryUnknown, objectMember, objectsMember, textMember } from '@sluice/translator-kit';
import { readCache } from './decode-content.js';

const NO_PARAMETERS: JsonObject = { type: 'object', properties: {} };
/** A custom tool takes one free text. */
const CUSTOM_PARAMETERS: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
};

/** `tools`, the older `functions`, and the web search that is asked for by an option. With `allowed_tools` only those. */
export function decodeTools(body: JsonObject): Tool[] {
  const tools: Tool[] = [
    ...objectsMember(body, 'tools').map(decodeTool),
    ...objectsMember(body, 'functions').map((declared) =>
      functionTool(declared, declared, ['name', 'description', 'parameters']),
    ),
  ];
  const search = objectMember(body, 'web_search_options');
  if (search !== undefined)
    tools.push({
      kind: 'server',
      tool: 'web_search',
      raw: { format: 'openai-chat', value: { web_search_options: search } },
    });
  const allowed = allowedNames(body['tool_choice']);
  return allowed === undefined ? tools : tools.filter((tool) => tool.kind === 'function' && allowed.has(tool.name));
}

/** `tool_choice` (or `function_call`) and `parallel_tool_calls` in one; undefined = the vendor's default. */
export function decodeToolChoice(body: JsonObject): ToolChoice | undefined {
  const parallel = body['parallel_tool_calls'];
  const withParallel = typeof parallel === 'boolean' ? { parallel } : {};
  const choice = body['tool_choice'] ?? body['function_call'];
  if (choice === 'none' || choice === 'auto' || choice === 'required') return { mode: choice, ...withParallel };
  const name = namedTool(choice);
  if (name !== undefined) return { mode: 'named', name, ...withParallel };
  const allowed = allowedTools(choice);
  if (allowed !== undefined) return { mode: allowed['mode'] === 'required' ? 'required' : 'auto', ...withParallel };
  return typeof parallel === 'boolean' ? { mode: 'auto', parallel } : undefined;
}

function decodeTool(tool: JsonObject): Tool {
  const declared = objectMember(tool, 'function');
  if (declared !== undefined) return functionTool(declared, tool, ['type', 'function']);
  const custom = objectMember(tool, 'custom');
  if (custom !== undefined) {
    const name = textMember(custom, 'name') ?? '';
    const description = textMember(custom, 'description');
    return {
      kind: 'function',
      name,
      ...(description !== undefined && { description }),
      parameters: CUSTOM_PARAMETERS,
      extensions: { 'openai-chat': tool },
    };
  }
  return { kind: 'server', tool: textMember(tool, 'type') ?? 'unknown', raw: { format: 'openai-chat', value: tool } };
}

/** @param declared what names the function  @param node what may carry more */
function functionTool(declared: JsonObject, node: JsonObject, known: readonly string[]): FunctionTool {
  const description = textMember(declared, 'description');
  const strict = declared['strict'];
  const cache = readCache(node);
  const unknown = {
    ...carryUnknown(node, [...known, 'cache_control']),
    ...(declared === node ? {} : nested(carryUnknown(declared, ['name', 'description', 'parameters', 'strict']))),
  };
  return {
    kind: 'function',
    name: textMember(declared, 'name') ?? '',
    ...(description !== undefined && { description }),
    parameters: objectMember(declared, 'parameters') ?? NO_PARAMETERS,
    ...(typeof strict === 'boolean' && { strict }),
    ...(cache !== undefined && { cache }),
    ...(Object.keys(unknown).length > 0 && { extensions: { 'openai-chat': unknown } }),
  };
}

function nested(unknown: JsonObject | undefined): JsonObject {
  return unknown === undefined ? {} : { function: unknown };
}

function namedTool(choice: JsonValue | undefined): string | undefined {
  if (typeof choice !== 'object' || choice === null || Array.isArray(choice)) return undefined;
  const object = choice as JsonObject; // arrays are excluded above
  return (
    textMember(objectMember(object, 'function') ?? objectMember(object, 'custom'), 'name') ?? textMember(object, 'name')
  );
}

function allowedTools(choice: JsonValue | undefined): JsonObject | undefined {
  if (typeof choice !== 'object' || choice === null || Array.isArray(choice)) return undefined;
  return objectMember(choice as JsonObject, 'allowed_tools'); // arrays are excluded above
}

function allowedNames(choice: JsonValue | undefined): ReadonlySet<string> | undefined {
  const allowed = allowedTools(choice);
  if (allowed === undefined) return undefined;
  return new Set(objectsMember(allowed, 'tools').flatMap((tool) => namedTool(tool) ?? []));
}
