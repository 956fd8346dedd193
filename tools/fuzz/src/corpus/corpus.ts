import type { BinaryFrame, FormatId } from '@sluice/core';

/** Well-formed material of one format, which mutations begin with. */
export interface FormatCorpus {
  readonly requests: readonly Buffer[];
  /** Whole answers. */
  readonly responses: readonly Buffer[];
  /** Streamed answers of formats that frame them as server-sent events. */
  readonly streams: readonly Buffer[];
  /** Streamed answers of formats that frame them as AWS event streams. */
  readonly frames: readonly (readonly BinaryFrame[])[];
  /** Bodies of refusals. */
  readonly errors: readonly Buffer[];
}

export type Corpus = ReadonlyMap<FormatId, FormatCorpus>;

/** @throws Error when there is no material of the format: a format that nobody mutates must not look tested */
export function corpusOf(corpus: Corpus, format: FormatId, kind: keyof FormatCorpus): FormatCorpus {
  const own = corpus.get(format);
  if (own === undefined || own[kind].length === 0) {
    throw new Error(`no ${kind} of ${format} to begin with: add some to tools/fuzz/src/__fixtures__/${format}/${kind}`);
  }
  return own;
}

/** A format's own material or, for one that is only passed through and has none yet, everybody's. */
export function ownOrBorrowed(corpus: Corpus, format: FormatId, kind: 'requests' | 'errors'): readonly Buffer[] {
  const own = corpus.get(format)?.[kind] ?? [];
  return own.length > 0 ? own : [...corpus.values()].flatMap((material) => material[kind]);
}
