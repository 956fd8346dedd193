import type { Principal } from '@sluice/auth';
import { GatewayError } from '@sluice/core';
import { compileGlob, type Glob } from './glob.js';

const COMPILED = new WeakMap<readonly string[], readonly Glob[]>();

/** Whether a key may use a name. The rule is about the name that the client sends, not about where it leads. */
export function mayUseModel({ models }: Principal, name: string): boolean {
  if (models === undefined) return true;
  let globs = COMPILED.get(models);
  if (globs === undefined) {
    globs = models.map(compileGlob);
    COMPILED.set(models, globs);
  }
  return globs.some((matches) => matches(name));
}

/** The answer to a key that asked for more than it may have. The same whether or not the model exists. */
export function modelNotAllowedError({ name, models = [] }: Principal, model: string): GatewayError {
  const rule = models.length === 0 ? 'it may use none' : `it may use ${models.join(', ')}`;
  return new GatewayError({
    kind: 'permission_denied',
    message: `The key "${name}" may not use the model "${model}": ${rule}.`,
    param: 'model',
  });
}
