import type { HeaderRule } from '@sluice/config';
import type { WireHeaders } from '@sluice/core';
import { mergeHeaders } from '@sluice/provider-kit';
import { compileGlob, type Glob } from '@sluice/routing';
import type { HeadersToShape, ShapedHeaders } from './headers-to-shape.js';

interface CompiledHeaderRule {
  readonly rule: HeaderRule;
  readonly providers: readonly Glob[] | undefined;
  readonly models: readonly Glob[] | undefined;
}

const COMPILED = new WeakMap<readonly HeaderRule[], readonly CompiledHeaderRule[]>();

/**
 * Applies header rules, first to last, and copies of client headers. What the account declares wins over what rules set; a
 * copy of a header that the client did not send is left out.
 */
export function shapeHeaders(request: HeadersToShape): ShapedHeaders {
  const { rules, client, forwarded, account, copied } = request;
  const copies = copied === undefined ? undefined : copiesOf(client, copied);
  const applying = rules === undefined ? [] : compiled(rules).filter((rule) => isFor(rule, request));
  if (applying.length === 0) {
    return copies === undefined
      ? { headers: forwarded }
      : { headers: forwarded, operatorHeaders: mergeHeaders(account, copies) };
  }
  const headers: Record<string, string | readonly string[] | undefined> = { ...forwarded };
  const set: Record<string, string | readonly string[] | undefined> = {};
  for (const { rule } of applying) {
    for (const name of rule.allow) {
      const value = sent(client, name);
      if (value !== undefined) headers[name] = value;
    }
    for (const name of rule.remove) headers[name] = set[name] = undefined;
    Object.assign(set, rule.set, copiesOf(client, rule.copy));
  }
  return { headers, operatorHeaders: mergeHeaders(set, account, copies ?? {}) };
}

function copiesOf(client: WireHeaders, copied: Readonly<Record<string, string>>): WireHeaders {
  return Object.fromEntries(
    Object.entries(copied).flatMap(([name, from]) => {
      const value = sent(client, from);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What the client sent under a name that the operator chose: no member that every object has is a header. */
function sent(client: WireHeaders, name: string): string | undefined {
  const value = Object.hasOwn(client, name) ? client[name] : undefined;
  return value === undefined || typeof value === 'string' ? value : value.join(',');
}

function isFor({ providers, models }: CompiledHeaderRule, request: HeadersToShape): boolean {
  const isProvider = providers === undefined || providers.some((matches) => matches(request.provider));
  return isProvider && (models === undefined || models.some((matches) => request.models.some(matches)));
}

function compiled(rules: readonly HeaderRule[]): readonly CompiledHeaderRule[] {
  let known = COMPILED.get(rules);
  if (known === undefined) {
    known = rules.map((rule) => ({
      rule,
      providers: rule.providers?.map(compileGlob),
      models: rule.models?.map(compileGlob),
    }));
    COMPILED.set(rules, known);
  }
  return known;
}
