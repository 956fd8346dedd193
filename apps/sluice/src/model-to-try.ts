import type { RuntimeSnapshot } from '@sluice/config';

const HAS_WILDCARD = /[*?]/;

/** A name that clients can use, for a call to copy: an alias, else a model that an account lists; undefined = only vendors know. */
export function modelToTry({ models, accounts }: Pick<RuntimeSnapshot, 'models' | 'accounts'>): string | undefined {
  const listed = accounts
    .filter(({ enabled, prefix }) => enabled && prefix === undefined)
    .flatMap((account) => account.models ?? []);
  return models[0]?.alias ?? listed.find((name) => !HAS_WILDCARD.test(name));
}
