import { isJsonObject, type CanonicalRequest, type FunctionTool, type JsonObject, type ToolChoice } from '@sluice/core';
import { restoreMembers, toObjectSchema, withoutMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import { withCache, type RequestScope } from './encode-content.js';

/** Keywords of a schema that needs no `properties`. */
const UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/** `tools`, `tool_choice`, `parallel_tool_calls` and `web_search_options`, as far as there is something to say. */
export function encodeTools(request: CanonicalRequest, scope: RequestScope): JsonObject {
  const tools: JsonObject[] = [];
  let options: JsonObject = {};
  for (const [index, tool] of request.tools.entries()) {
    if (tool.kind === 'function') tools.push(encodeFunction(tool, scope));
    else if (tool.raw.format !== FORMAT) {
      scope.warnings.dropped(`/tools/${index}`, `The tool ${tool.tool} runs at ${tool.raw.format}'s vendor only.`);
    } else if ('web_search_options' in tool.raw.value) options = { ...options, ...tool.raw.value };
    else tools.push(tool.raw.value);
  }
  if (tools.length === 0) return options;
  return { tools, ...encodeToolChoice(request, scope), ...options };
}

function encodeFunction(tool: FunctionTool, scope: RequestScope): JsonObject {
  const carried = carriedBy(tool);
  if (isJsonObject(carried?.['custom'])) return withCache({ type: 'custom', ...carried }, tool, scope);
  const { name, description, strict } = tool;
  const declared = {
    name: scope.names.toWire(name),
    ...(description !== undefined && { description }),
    parameters: withProperties(tool.parameters),
    ...(strict !== undefined && { strict }),
  };
  return withCache(
    restoreMembers({ type: 'function', function: declared }, withoutMembers(carried, ['functions'])),
    tool,
    scope,
  );
}

/** OpenAI refuses an object schema without `properties`. */
function withProperties(schema: JsonObject): JsonObject {
  return UNIONS.some((keyword) => keyword in schema) ? schema : toObjectSchema(schema);
}

function encodeToolChoice(request: CanonicalRequest, scope: RequestScope): JsonObject {
  const { toolChoice } = request;
  if (toolChoice === undefined) return {};
  const { parallel } = toolChoice;
  return {
    tool_choice: wordOf(toolChoice, request, scope),
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
  };
}

function wordOf(choice: ToolChoice, { tools }: CanonicalRequest, { names }: RequestScope): string | JsonObject {
  if (choice.mode !== 'named') return choice.mode;
  const { name } = choice;
  const isCustom = tools.some((tool) => tool.kind === 'function' && tool.name === name && carriedBy(tool)?.['custom']);
  return isCustom ? { type: 'custom', custom: { name } } : { type: 'function', function: { name: names.toWire(name) } };
}
