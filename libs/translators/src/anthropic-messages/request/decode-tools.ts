import {
  isJsonObject,
  type FunctionTool,
  type JsonObject,
  type JsonValue,
  type Tool,
  type ToolChoice,
} from '@sluice/core';
import { describeJson, invalidRequest, objectMember, textMember } from '@sluice/translator-kit';
import { CLIENT_TOOLS } from './client-tools.js';
import { carriedAndSaid, restOf } from './node-rest.js';

const CUSTOM: ReadonlySet<string> = new Set(['type', 'name', 'description', 'input_schema', 'strict']);
const TYPED: ReadonlySet<string> = new Set(['name', 'type']);

/**
 * The client's tools. Typed tools that the client runs itself (a shell, an editor) become functions with the schema that
 * Anthropic's models know by heart, and keep their type as this format's own member; the vendor's tools stay theirs.
 * @throws GatewayError `invalid_request` naming the tool that cannot be read
 */
export function decodeTools(tools: JsonValue | undefined): readonly Tool[] {
  if (tools === undefined || tools === null) return [];
  if (!Array.isArray(tools)) {
    throw invalidRequest(`tools: an array is expected, but it is ${describeJson(tools)}.`, 'tools');
  }
  return (tools as readonly JsonValue[]).map((tool, index) => {
    if (isJsonObject(tool)) return decodeTool(tool, `tools.${index}`);
    throw invalidRequest(`tools.${index}: an object is expected, but it is ${describeJson(tool)}.`, `tools.${index}`);
  });
}

/** `tool_choice`; undefined when it is absent or of a type yet to be invented (then it travels as it is). */
export function decodeToolChoice(choice: JsonObject | undefined): ToolChoice | undefined {
  if (choice === undefined) return undefined;
  const disabled = choice['disable_parallel_tool_use'];
  const parallel = typeof disabled === 'boolean' ? { parallel: !disabled } : {};
  switch (choice['type']) {
    case 'auto':
    case 'none':
      return { mode: choice['type'], ...parallel };
    case 'any':
      return { mode: 'required', ...parallel };
    case 'tool': {
      const name = textMember(choice, 'name');
      return name === undefined ? undefined : { mode: 'named', name, ...parallel };
    }
    default:
      return undefined;
  }
}

function decodeTool(tool: JsonObject, at: string): Tool {
  const type = textMember(tool, 'type') ?? 'custom';
  if (type !== 'custom') return decodeTypedTool(tool, type);
  const name = textMember(tool, 'name');
  if (name === undefined) throw invalidRequest(`${at}.name: a name is expected.`, `${at}.name`);
  const description = textMember(tool, 'description');
  const strict = tool['strict'];
  return {
    kind: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    parameters: objectMember(tool, 'input_schema') ?? { type: 'object', properties: {} },
    ...(typeof strict === 'boolean' ? { strict } : {}),
    ...restOf(tool, CUSTOM),
  };
}

function decodeTypedTool(tool: JsonObject, type: string): Tool {
  const name = textMember(tool, 'name');
  const known = CLIENT_TOOLS.find(({ prefix }) => type.startsWith(prefix));
  if (name === undefined || known === undefined) {
    return { kind: 'server', tool: name ?? type, raw: { format: 'anthropic-messages', value: tool } };
  }
  const { description, parameters } = known;
  const { extensions, ...rest } = restOf(tool, TYPED);
  const members = carriedAndSaid(extensions?.['anthropic-messages'], { type });
  return { kind: 'function', name, description, parameters, ...rest, ...members } satisfies FunctionTool;
}
