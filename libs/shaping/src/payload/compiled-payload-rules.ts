import type { PayloadPath, PayloadRules, PayloadTerms, PayloadWrite } from '@sluice/config';
import { JsonDocument } from '../json/json-document.js';
import type { JsonNode } from '../json/json-node.js';
import { CompiledTerms } from './compiled-terms.js';
import { removeAt, writeAt } from './edit-nodes.js';
import { findNodes } from './find-nodes.js';
import type { BodyToShape } from './body-to-shape.js';

interface CompiledRule<Param> {
  readonly terms: CompiledTerms;
  readonly params: readonly Param[];
}

/** A body that is being changed. */
interface Draft {
  readonly root: JsonNode;
  /** Of the client's own body. */
  original(): JsonNode;
}

/** The rules of one snapshot. */
export class CompiledPayloadRules {
  readonly #default: readonly CompiledRule<PayloadWrite>[];
  readonly #override: readonly CompiledRule<PayloadWrite>[];
  readonly #filter: readonly CompiledRule<PayloadPath>[];

  constructor(rules: PayloadRules) {
    this.#default = rules.default.map(compile);
    this.#override = rules.override.map(compile);
    this.#filter = rules.filter.map(compile);
  }

  /**
   * The body after all defaults, then all overrides, then all filters, each list from first to last: the very same where no
   * rule changes anything, and unread where no rule is for such a request.
   * @throws JsonNodeError when a rule is for a body that is no JSON
   */
  apply(request: BodyToShape): Buffer {
    const isFor = ({ terms }: { readonly terms: CompiledTerms }): boolean => terms.isFor(request);
    const defaults = this.#default.filter(isFor);
    const overrides = this.#override.filter(isFor);
    const filters = this.#filter.filter(isFor);
    if (defaults.length + overrides.length + filters.length === 0) return request.body;

    const document = new JsonDocument(request.body);
    const { root } = document;
    let original: JsonNode | undefined;
    const draft: Draft = { root, original: () => (original ??= new JsonDocument(request.original).root) };
    const hasChanged = [
      applyDefaults(draft, defaults),
      applyEach(root, overrides, ({ path, json }) => writeAt(root, path.segments, json)),
      applyEach(root, filters, ({ segments }) => removeAt(root, segments)),
    ].includes(true);
    return hasChanged ? document.toBuffer() : request.body;
  }
}

function compile<Param>(rule: PayloadTerms & { readonly params: readonly Param[] }): CompiledRule<Param> {
  return { terms: new CompiledTerms(rule), params: rule.params };
}

/** Of several defaults for one path the first that applies counts. */
function applyDefaults({ root, original }: Draft, rules: readonly CompiledRule<PayloadWrite>[]): boolean {
  const decided = new Set<string>();
  return applyEach(root, rules, ({ path, json }) => {
    if (decided.has(path.text)) return false;
    decided.add(path.text);
    const isSaid = findNodes(original(), path.segments).length > 0; // null is a word too
    return !isSaid && writeAt(root, path.segments, json);
  });
}

function applyEach<Param>(
  root: JsonNode,
  rules: readonly CompiledRule<Param>[],
  change: (param: Param) => boolean,
): boolean {
  let hasChanged = false;
  for (const { terms, params } of rules) {
    if (!terms.holdsIn(root)) continue;
    for (const param of params) hasChanged = change(param) || hasChanged;
  }
  return hasChanged;
}
