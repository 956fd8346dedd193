import { isJsonObject, type FunctionTool, type JsonObject, type JsonValue, type Tool } from '@sluice/core';
import { carryUnknown, invalidRequest, objectMember, saidAs, textMember } from '@sluice/translator-kit';
import { carry, FORMAT } from '../carried.js';
import { inCamelCase } from '../member-names.js';
import { toJsonSchema } from './open-api-schema.js';

/** Kinds of tools, one of which an element of `tools` should hold. */
const KINDS: ReadonlySet<string> = new Set([
  'codeExecution',
  'computerUse',
  'enterpriseWebSearch',
  'fileSearch',
  'functionDeclarations',
  'googleMaps',
  'googleSearch',
  'googleSearchRetrieval',
  'mcpServers',
  'urlContext',
]);

const NAMES: ReadonlySet<string> = new Set([
  'name',
  'description',
  'parametersJsonSchema',
  'responseJsonSchema',
  'parameters',
  'response',
  'behavior',
]);
const KNOWN: ReadonlySet<string> = new Set(['name', 'description', 'parameters', 'parametersJsonSchema']);

/**
 * `tools`: functions one by one, what the vendor runs as it stands.
 * @throws GatewayError `invalid_request` for a function without a name
 * @see https://ai.google.dev/api/caching#Tool
 */
export function decodeTools(tools: JsonValue | undefined): readonly Tool[] {
  if (!Array.isArray(tools)) return [];
  return tools.filter(isJsonObject).flatMap((element: JsonObject, index) => decodeElement(element, index));
}

function decodeElement(wire: JsonObject, index: number): readonly Tool[] {
  return Object.entries(inCamelCase(wire, KINDS)).flatMap(([kind, value]): readonly Tool[] => {
    if (kind === 'functionDeclarations' && Array.isArray(value)) {
      return value.filter(isJsonObject).map((declaration: JsonObject, position) => {
        return decodeDeclaration(declaration, `tools[${index}].functionDeclarations[${position}]`);
      });
    }
    return [{ kind: 'server', tool: kind, raw: { format: FORMAT, value: { [kind]: value } } }];
  });
}

function decodeDeclaration(wire: JsonObject, at: string): FunctionTool {
  const declaration = inCamelCase(wire, NAMES);
  const name = textMember(declaration, 'name');
  if (name === undefined) throw invalidRequest(`${at}.name: a name is expected.`, `${at}.name`);
  const description = textMember(declaration, 'description');
  return {
    kind: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters: parametersOf(declaration),
    ...carry(carryUnknown(declaration, KNOWN), schemaSpelling(declaration)),
  };
}

/** There are two ways to write a schema: this format says it again as it came. */
function schemaSpelling({ parameters, parametersJsonSchema }: JsonObject): JsonObject | undefined {
  if (parameters === undefined && parametersJsonSchema === undefined) return undefined;
  return saidAs({
    ...(parameters !== undefined && { parameters }),
    ...(parametersJsonSchema !== undefined && { parametersJsonSchema }),
  });
}

function parametersOf(declaration: JsonObject): JsonObject {
  const jsonSchema = objectMember(declaration, 'parametersJsonSchema');
  if (jsonSchema !== undefined) return jsonSchema;
  const schema = objectMember(declaration, 'parameters');
  return schema === undefined ? { type: 'object', properties: {} } : toJsonSchema(schema);
}
