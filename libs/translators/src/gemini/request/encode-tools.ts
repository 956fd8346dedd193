import { isJsonObject, type CanonicalRequest, type FunctionTool, type JsonObject } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import { cleanJsonSchema } from './clean-json-schema.js';
import type { RequestScope } from './request-scope.js';
import { toOpenApiSchema } from './to-open-api-schema.js';

/**
 * `tools`: functions that stand together share an element; each tool that the vendor runs has its own, because one element
 * takes one kind.
 * @see https://ai.google.dev/api/caching#Tool
 */
export function encodeTools({ tools }: CanonicalRequest, scope: RequestScope): readonly JsonObject[] {
  const elements: JsonObject[] = [];
  let declarations: JsonObject[] | undefined;
  for (const [index, tool] of tools.entries()) {
    const path = `/tools/${index}`;
    if (tool.kind === 'function') {
      const declaration = encodeDeclaration(tool, path, scope);
      if (declarations === undefined) elements.push({ functionDeclarations: (declarations = [declaration]) });
      else declarations.push(declaration);
    } else if (tool.raw.format === FORMAT) {
      declarations = undefined;
      elements.push(tool.raw.value);
    } else if (tool.tool.startsWith('web_search') && canSearch(tools)) {
      scope.approximated(path, 'Google’s own search takes the place of another vendor’s, without its options.');
      declarations = undefined;
      elements.push({ googleSearch: {} });
    } else {
      scope.dropped(path, `${tool.tool} is a tool that another vendor runs.`);
    }
  }
  return elements;
}

/** Most models refuse a search beside functions. */
function canSearch(tools: CanonicalRequest['tools']): boolean {
  return tools.every(({ kind }) => kind !== 'function');
}

function encodeDeclaration(tool: FunctionTool, path: string, scope: RequestScope): JsonObject {
  const name = scope.names.toWire(tool.name);
  if (name !== tool.name) scope.changed(`${path}/name`, `Google is told of this tool as ${name}.`);
  if (tool.cache !== undefined) scope.cacheMarker();
  const carried = carriedBy(tool);
  const isSpelled = carried?.['parameters'] !== undefined || carried?.['parametersJsonSchema'] !== undefined;
  return restoreMembers(
    {
      name,
      ...(tool.description !== undefined && { description: tool.description }),
      ...(!isSpelled && encodeParameters(tool.parameters, path, scope)),
    },
    carried,
  );
}

/** A function without parameters is declared without a schema: an empty object is refused. */
function encodeParameters(parameters: JsonObject, path: string, scope: RequestScope): JsonObject {
  if (isEmpty(parameters)) return {};
  if (!scope.isOpenApi) return { parametersJsonSchema: cleanJsonSchema(parameters) };
  const { schema, lost } = toOpenApiSchema(parameters);
  if (lost.length > 0) {
    scope.approximated(
      `${path}/parameters`,
      `The schema was sent without what Google's cannot say: ${lost.join(', ')}.`,
    );
  }
  return { parameters: schema };
}

function isEmpty({ type, properties, ...rest }: JsonObject): boolean {
  const hasProperties = isJsonObject(properties) && Object.keys(properties).length > 0;
  const unions = ['anyOf', 'oneOf', 'allOf', '$ref', 'additionalProperties', 'patternProperties'];
  return (
    (type === undefined || type === 'object') &&
    !hasProperties &&
    !unions.some((name) => isJsonObject(rest[name]) || Array.isArray(rest[name]) || typeof rest[name] === 'string')
  );
}
