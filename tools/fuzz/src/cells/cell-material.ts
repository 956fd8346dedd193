import type { CanonicalRequest } from '@sluice/core';
import type { TranslatedClient } from '@sluice/translator-kit';
import type { Corpus } from '../corpus/corpus.js';

/** What the cells of answers share. */
export interface CellMaterial {
  /** The formats that answers are told in; an input's variant says which. */
  readonly clients: readonly TranslatedClient[];
  /** What an answer may be the answer to. */
  readonly requests: readonly CanonicalRequest[];
  readonly corpus: Corpus;
}
