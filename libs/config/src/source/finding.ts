import type { Path } from '../path.js';

/** A problem before it is known which file and line it stands in. */
export interface Finding {
  readonly path: Path;
  /** Continues a sentence that begins with the path. */
  readonly message: string;
  readonly fix?: string;
  readonly allowed?: string;
  /** Where a misspelt member should have stood: that it is missing there is only the echo. */
  readonly meant?: Path;
}
