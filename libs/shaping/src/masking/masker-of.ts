import { randomBytes } from 'node:crypto';
import { Masker } from './masker.js';

const KEY_BYTES = 32;

/** For gateways without an encryption key: placeholders are others after every start. */
const KEY_OF_PROCESS = randomBytes(KEY_BYTES);

const NO_WORDS: readonly string[] = [];
/** Compiled once for the lists of a snapshot: those of all accounts, then those of one. */
const COMPILED = new WeakMap<readonly string[], WeakMap<readonly string[], Masker>>();

export interface MaskedWords {
  /** For every account; undefined = none. The same list for all requests of a snapshot. */
  readonly all: readonly string[] | undefined;
  /** Of this account. */
  readonly own: readonly string[] | undefined;
  /** Undefined = one that is made anew with every start. */
  readonly key: string | undefined;
}

/** What masks the words of an account; undefined = there are none. */
export function maskerOf({ all = NO_WORDS, own = NO_WORDS, key = undefined }: MaskedWords): Masker | undefined {
  if (all.length + own.length === 0) return undefined;
  let compiled = COMPILED.get(all);
  if (compiled === undefined) COMPILED.set(all, (compiled = new WeakMap()));
  let masker = compiled.get(own);
  if (masker === undefined) {
    masker = new Masker({ words: [...all, ...own], key: key ?? KEY_OF_PROCESS });
    compiled.set(own, masker);
  }
  return masker;
}
