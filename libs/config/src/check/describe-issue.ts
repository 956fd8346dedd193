import type { z } from 'zod';
import type { SettingDescription } from '../declaration/describe-configuration.js';
import { describeType, PLAIN_TEXT } from '../declaration/describe-type.js';
import { schemaAt, shapeOf, unwrapSchema } from '../declaration/walk-schema.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';
import { isMapping, type Path } from '../path.js';
import { explainUnknownMember } from './explain-unknown-member.js';
import { suggestNearest } from './nearest-name.js';

export interface IssueContext {
  /** The schema that complained. */
  readonly schema: z.core.$ZodType;
  /** Where the checked value stands in the tree. */
  readonly base: Path;
  readonly tree: ConfigurationTree;
  readonly settings: readonly SettingDescription[];
}

const MISSING = 'is missing';

/** Turns zod's complaint into ours. Values are shown only where they help and cannot be secret. */
export function describeIssue(issue: z.core.$ZodIssue, context: IssueContext): readonly Finding[] {
  const inner = issue.path.filter((segment) => typeof segment !== 'symbol');
  const path = [...context.base, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const owner = schemaAt(context.schema, inner);
    const known = owner === undefined ? [] : Object.keys(shapeOf(owner) ?? {});
    const what = 'a setting that exists here';
    return issue.keys.map((name) =>
      explainUnknownMember({ parent: path, name, known, settings: context.settings, what }),
    );
  }
  if (issue.code === 'invalid_union') {
    const nested = mostSpecificBranch(issue)?.map((branch) => ({ ...branch, path: [...inner, ...branch.path] }));
    if (nested !== undefined) return nested.flatMap((branch) => describeIssue(branch, context));
  }
  const schema = schemaAt(context.schema, inner);
  const words = explain(issue, context.tree, path);
  const finding = path.length > 0 ? words : { ...words, message: `the configuration ${words.message}` };
  if (schema === undefined) return [{ path, ...finding }];
  const isMissing = finding.message === MISSING;
  const allowed = describeType(schema);
  // after a sentence about the text, "Allowed: text" says nothing
  const isSaid = issue.code === 'custom' && allowed === PLAIN_TEXT;
  return [{ path, ...(isMissing ? describeMissing(schema) : {}), ...(isSaid ? {} : { allowed }), ...finding }];
}

/** What a missing setting is for. */
function describeMissing(schema: z.core.$ZodType): { readonly fix?: string } {
  const { description } = unwrapSchema(schema).facts;
  return typeof description === 'string' ? { fix: description } : {};
}

/** The alternative that was meant: the one that agrees with the value on the outside and complains about its inside. */
function mostSpecificBranch(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  return issue.errors.find((branch) => branch.length > 0 && branch.every(({ path }) => path.length > 0));
}

function explain(issue: z.core.$ZodIssue, tree: ConfigurationTree, path: Path): Omit<Finding, 'path'> {
  const value = tree.at(path);
  if (issue.code === 'custom') return { message: issue.message };
  if (value === undefined) return { message: MISSING };
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue, value, tree.show(path));
    case 'too_big':
      return { message: typeof value === 'string' ? 'is too long' : `is too large (${tree.show(path)})` };
    case 'too_small':
      return { message: hasLength(value) ? 'is empty' : `is too small (${tree.show(path)})` };
    case 'invalid_value':
      return {
        message: `is ${tree.show(path)}, which is not known`,
        ...(typeof value === 'string' ? suggestNearest(value, issue.values.map(String)) : {}),
      };
    case 'invalid_format':
      return { message: issue.format === 'url' ? 'is not a URL' : 'does not have the right form' };
    default:
      return { message: `must not be ${kindOf(value)}` };
  }
}

function explainType(issue: z.core.$ZodIssueInvalidType, value: unknown, shown: string): Omit<Finding, 'path'> {
  if (issue.expected === 'string') {
    const needsQuotes = typeof value === 'number' || typeof value === 'boolean';
    return { message: `must not be ${kindOf(value)}`, ...(needsQuotes ? { fix: 'Put it in quotes.' } : {}) };
  }
  const noun = SCALAR_NOUNS[issue.expected];
  // what should have been a number or a flag is no secret
  const isShown = typeof value === 'string' || typeof value === 'number';
  return {
    message: noun !== undefined && isShown ? `is ${shown}, which is not ${noun}` : `must not be ${kindOf(value)}`,
  };
}

const SCALAR_NOUNS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function hasLength(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'this';
}
