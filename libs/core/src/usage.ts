import type { JsonObject } from './json.js';

/**
 * What an exchange consumed. `undefined` means "not reported", 0 means zero. All numbers are tokens unless said otherwise.
 */
export interface Usage {
  /** Input tokens, INCLUDING cache reads and cache writes. */
  readonly input?: number;
  /** Output tokens, INCLUDING reasoning. */
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly reasoning?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  /** The vendor's own unit of account, where it has one (Kiro). */
  readonly credits?: number;
  /** `mixed`: some numbers are the vendor's, some are our count. */
  readonly source: 'upstream' | 'estimated' | 'mixed';
  /** The vendor's usage object as it came. */
  readonly raw?: JsonObject;
}
