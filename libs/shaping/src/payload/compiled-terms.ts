import { isDeepStrictEqual } from 'node:util';
import type { PayloadModelTerm, PayloadPath, PayloadTerms, PayloadValueTerm, ProtocolTerm } from '@sluice/config';
import { headerValue } from '@sluice/core';
import { compileGlob, type Glob } from '@sluice/routing';
import type { JsonNode } from '../json/json-node.js';
import { findNodes } from './find-nodes.js';
import type { BodyToShape } from './body-to-shape.js';

interface CompiledModel {
  readonly matches: Glob;
  readonly term: PayloadModelTerm;
}

/** When a rule applies, compiled once for each snapshot. */
export class CompiledTerms {
  readonly #models: readonly CompiledModel[];
  readonly #headers: readonly (readonly [name: string, matches: Glob])[];
  readonly #terms: PayloadTerms;

  constructor(terms: PayloadTerms) {
    this.#terms = terms;
    this.#models = terms.models.map((term) => ({ matches: compileGlob(term.name), term }));
    this.#headers = Object.entries(terms.headers).map(([name, glob]) => [name, compileGlob(glob)]);
  }

  /** Whether the rule is for such a request at all. Nothing of the body is looked at. */
  isFor(request: BodyToShape): boolean {
    return (
      this.#models.some((model) => isModel(model, request)) && this.#headers.every((term) => isHeader(term, request))
    );
  }

  /** Whether its conditions hold for the body as it is now. */
  holdsIn(root: JsonNode): boolean {
    const { match, notMatch, exist, notExist } = this.#terms;
    return (
      match.every((term) => hasValue(root, term)) &&
      !notMatch.some((term) => hasValue(root, term)) &&
      exist.every((path) => exists(root, path)) &&
      !notExist.some((path) => exists(root, path))
    );
  }
}

function isModel({ matches, term }: CompiledModel, { models, format, clientFormat, provider }: BodyToShape): boolean {
  return models.some(matches) && isFormat(term.protocol, format, provider) && isFormat(term.fromProtocol, clientFormat);
}

/** @param provider undefined = a client's format, which no provider has */
function isFormat(term: ProtocolTerm | undefined, format: string, provider?: string): boolean {
  if (term === undefined) return true;
  const isProvider = provider === undefined || term.provider === undefined || term.provider === provider;
  return isProvider && term.formats.includes(format);
}

function isHeader([name, matches]: readonly [string, Glob], { headers }: BodyToShape): boolean {
  const value = headerValue(headers, name);
  return value !== undefined && matches(value);
}

function hasValue(root: JsonNode, { path, value }: PayloadValueTerm): boolean {
  return findNodes(root, path.segments).some((node) => isDeepStrictEqual(node.parse(), value));
}

function exists(root: JsonNode, { segments }: PayloadPath): boolean {
  return findNodes(root, segments).length > 0;
}
