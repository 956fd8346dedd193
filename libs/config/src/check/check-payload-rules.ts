import { parsePayloadPath } from '../payload-path/parse-payload-path.js';
import { protectedMember } from '../payload-path/protected-member.js';
import { isMapping, type Path } from '../path.js';
import { KNOWN_PROTOCOLS } from '../shaping/protocol-term.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';
import { suggestNearest } from './nearest-name.js';

const SECTION = 'payloadRules';
const KINDS = ['default', 'defaultRaw', 'override', 'overrideRaw', 'filter'] as const;
/** Deeper values are nobody's settings, and end the walk. */
const MAX_VALUE_DEPTH = 64;

interface RuleAt {
  readonly path: Path;
  readonly isRaw: boolean;
  readonly rule: Readonly<Record<string, unknown>>;
}

/** Checks what the declaration cannot: paths, values, and what no rule may change. Tolerates what the schema refuses. */
export function checkPayloadRules(tree: ConfigurationTree): readonly Finding[] {
  return rulesOf(tree).flatMap((place) => [
    ...namedPlaces(place, 'params').flatMap(({ path, text }) => [
      ...checkPath(path, text),
      ...checkProtection(path, text),
    ]),
    ...['match', 'notMatch', 'exist', 'notExist'].flatMap((member) =>
      namedPlaces(place, member).flatMap(({ path, text }) => checkPath(path, text)),
    ),
    ...['params', 'match', 'notMatch'].flatMap((member) => checkValues(place, member)),
  ]);
}

/** Formats that no format of ours has the name of: a plug-in may bring them, or they are misspelt. */
export function warnOfProtocols(tree: ConfigurationTree): readonly Finding[] {
  return rulesOf(tree).flatMap(({ path, rule }) => {
    const models: readonly unknown[] = Array.isArray(rule['models']) ? rule['models'] : [];
    return models.flatMap((model, index) =>
      ['protocol', 'fromProtocol'].flatMap((member) => {
        const name = isMapping(model) ? model[member] : undefined;
        if (typeof name !== 'string' || KNOWN_PROTOCOLS.includes(name.toLowerCase())) return [];
        const at = [...path, 'models', index, member];
        return [
          {
            path: at,
            message: `is ${tree.show(at)}, which is no format of this version: the rule waits for a plug-in that brings it`,
            ...suggestNearest(name, KNOWN_PROTOCOLS),
            allowed: KNOWN_PROTOCOLS.join(', '),
          },
        ];
      }),
    );
  });
}

function rulesOf(tree: ConfigurationTree): readonly RuleAt[] {
  return KINDS.flatMap((kind) => {
    const list = tree.at([SECTION, kind]);
    if (!Array.isArray(list)) return [];
    const isRaw = kind.endsWith('Raw');
    return list.flatMap((rule: unknown, index) =>
      isMapping(rule) ? [{ path: [SECTION, kind, index], isRaw, rule }] : [],
    );
  });
}

/** The paths that a member of a rule names: in a list, or as the names of a mapping. */
function namedPlaces(
  { path, rule }: RuleAt,
  member: string,
): readonly { readonly path: Path; readonly text: string }[] {
  const places = rule[member];
  if (Array.isArray(places)) {
    return places.flatMap((text: unknown, index) =>
      typeof text === 'string' ? [{ path: [...path, member, index], text }] : [],
    );
  }
  return isMapping(places) ? Object.keys(places).map((text) => ({ path: [...path, member, text], text })) : [];
}

function checkPath(path: Path, text: string): readonly Finding[] {
  const { problem } = parsePayloadPath(text);
  return problem === undefined
    ? []
    : [{ path, message: problem, fix: 'Paths look like a.b, tools.0.name, tools.#(type=="web_search").max_uses.' }];
}

function checkProtection(path: Path, text: string): readonly Finding[] {
  const parsed = parsePayloadPath(text).path;
  const reason = parsed && protectedMember(parsed);
  return reason === undefined
    ? []
    : [{ path, message: `leads to a member that no rule may change: ${reason}`, fix: 'Remove the path from params.' }];
}

function checkValues({ path, isRaw, rule }: RuleAt, member: string): readonly Finding[] {
  const values = rule[member];
  if (!isMapping(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    const at = [...path, member, name];
    if (isRaw && member === 'params') {
      return typeof value !== 'string' || isJson(value)
        ? []
        : [
            {
              path: at,
              message: 'is no JSON text',
              fix: 'Texts stand in double quotes of their own, as in \'"high"\'.',
            },
          ];
    }
    const message = explainValue(value, MAX_VALUE_DEPTH);
    return message === undefined ? [] : [{ path: at, message, fix: 'defaultRaw and overrideRaw take any JSON text.' }];
  });
}

/** Why a value cannot be sent as it was meant; undefined = it can. */
function explainValue(value: unknown, levels: number): string | undefined {
  if (levels === 0) return `is nested deeper than ${MAX_VALUE_DEPTH} levels`;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'is no number that JSON can say';
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? 'is too large a number to be kept exactly'
      : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) {
      const message = explainValue(inner, levels - 1);
      if (message !== undefined) return message;
    }
    return undefined;
  }
  const isJsonScalar = value === null || typeof value === 'string' || typeof value === 'boolean';
  return isJsonScalar ? undefined : 'is no value that JSON can say';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
