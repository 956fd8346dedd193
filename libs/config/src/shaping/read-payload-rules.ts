import type { JsonValue } from '@sluice/core';
import type { Configuration } from '../configuration.js';
import { parsePayloadPath } from '../payload-path/parse-payload-path.js';
import type { PayloadPath } from '../payload-path/payload-path.js';
import { protocolTerm } from './protocol-term.js';
import type {
  PayloadModelTerm,
  PayloadRules,
  PayloadTerms,
  PayloadValueTerm,
  PayloadWriteRule,
} from './shaping-settings.js';

type Declared = Configuration['payloadRules'];
type DeclaredTerms = Omit<Declared['override'][number], 'params'>;

/** The checked rules as requests need them; undefined = there are none, and nobody has to look. */
export function readPayloadRules(declared: Declared): PayloadRules | undefined {
  const rules: PayloadRules = {
    default: [...declared.default.map(readWrites), ...declared.defaultRaw.map(readRawWrites)],
    override: [...declared.override.map(readWrites), ...declared.overrideRaw.map(readRawWrites)],
    filter: declared.filter.map((rule) => ({ ...readTerms(rule), params: rule.params.map(readPath) })),
  };
  return Object.values(rules).every((list) => list.length === 0) ? undefined : rules;
}

function readWrites(rule: Declared['override'][number]): PayloadWriteRule {
  const params = Object.entries(rule.params);
  return {
    ...readTerms(rule),
    params: params.map(([path, value]) => ({ path: readPath(path), json: JSON.stringify(value) })),
  };
}

function readRawWrites(rule: Declared['overrideRaw'][number]): PayloadWriteRule {
  const params = Object.entries(rule.params);
  return { ...readTerms(rule), params: params.map(([path, json]) => ({ path: readPath(path), json: json.trim() })) };
}

function readTerms({ models, headers = {}, match, notMatch, exist = [], notExist = [] }: DeclaredTerms): PayloadTerms {
  return {
    models: models.map(readModel),
    headers: Object.fromEntries(Object.entries(headers).map(([name, glob]) => [name.toLowerCase(), glob])),
    match: readValues(match),
    notMatch: readValues(notMatch),
    exist: exist.map(readPath),
    notExist: notExist.map(readPath),
  };
}

function readModel({ name, protocol, fromProtocol }: DeclaredTerms['models'][number]): PayloadModelTerm {
  return {
    name,
    ...(protocol !== undefined && { protocol: protocolTerm(protocol) }),
    ...(fromProtocol !== undefined && { fromProtocol: protocolTerm(fromProtocol) }),
  };
}

function readValues(values: DeclaredTerms['match'] = {}): readonly PayloadValueTerm[] {
  return Object.entries(values).map(([path, value]) => ({
    path: readPath(path),
    value: value as JsonValue, // the check lets nothing else pass
  }));
}

/** @throws Error for a path that the check would have refused */
function readPath(text: string): PayloadPath {
  const { path, problem } = parsePayloadPath(text);
  if (path === undefined) throw new Error(`The path ${JSON.stringify(text)} of a payload rule ${problem}.`);
  return path;
}
