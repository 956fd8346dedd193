import type { JsonObject, JsonValue } from '@sluice/core';
import { invalidResponse, objectsMember, textMember } from '@sluice/translator-kit';

/** UTF-16 units that the arguments of one call may have. */
export const MAX_PARTIAL_CHARS = 16 * 1024 * 1024;
/** Elements that a list in the arguments may have. */
const MAX_LIST_LENGTH = 10_000;

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g;

type Container = { [name: string]: Container | JsonValue } | (Container | JsonValue)[];

/**
 * The arguments of a call that come piece by piece: each piece says where a value stands, and texts grow.
 *
 * ```text
 * {name, willContinue} · {partialArgs: [{jsonPath: "$.a.b[0]", stringValue: "x", willContinue}], willContinue}* · {}
 * ```
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
 */
export class PartialCall {
  readonly #root: Container = Object.create(null) as Container; // so that no name in the arguments means anything to us
  #chars = 0;

  constructor(readonly index: number) {}

  /** @throws GatewayError `upstream_invalid_response` for a place that cannot be, and beyond the limits */
  take(call: JsonObject): void {
    for (const piece of objectsMember(call, 'partialArgs')) {
      const steps = stepsOf(textMember(piece, 'jsonPath') ?? '');
      const value = valueOf(piece);
      this.#chars += typeof value === 'string' ? value.length : 1;
      if (this.#chars > MAX_PARTIAL_CHARS) throw invalidResponse('The vendor sent tool arguments that are too long.');
      if (value !== undefined) put(this.#root, steps, value);
    }
  }

  toJson(): string {
    return JSON.stringify(this.#root);
  }
}

/** Whether a call's arguments come in pieces; the last piece may be empty. */
export function isPartial(call: JsonObject): boolean {
  return call['willContinue'] === true || Array.isArray(call['partialArgs']);
}

function valueOf({ stringValue, numberValue, boolValue, nullValue }: JsonObject): JsonValue | undefined {
  return stringValue ?? numberValue ?? boolValue ?? (nullValue === undefined ? undefined : null);
}

function stepsOf(path: string): readonly (string | number)[] {
  const steps = [...path.matchAll(STEP)].map(([, name, position, single, double]) =>
    position === undefined ? (name ?? single ?? double ?? '') : Number(position),
  );
  if (steps.length === 0 || steps.some((step) => typeof step === 'number' && step >= MAX_LIST_LENGTH)) {
    throw invalidResponse('The vendor sent a piece of tool arguments for a place that cannot be.');
  }
  return steps;
}

/** Puts a value at its place; a text behind a text continues it. */
function put(root: Container, steps: readonly (string | number)[], value: JsonValue): void {
  let node = root as Record<string | number, unknown>; // lists and objects are written to alike
  for (const [position, step] of steps.entries()) {
    const next = steps[position + 1];
    if (next === undefined) {
      const before = node[step];
      node[step] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
      return;
    }
    const inner = node[step];
    if (typeof inner !== 'object' || inner === null) node[step] = typeof next === 'number' ? [] : Object.create(null);
    node = node[step] as Record<string | number, unknown>;
  }
}
