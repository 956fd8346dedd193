import type { ContentBlock } from './content-block.js';
import type { Extensions } from './format-id.js';
import type { Usage } from './usage.js';

/** Why an answer ended: one unified word, with the vendor's own word kept beside it. */
export interface FinishReason {
  readonly unified:
    'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'context-window' | 'pause' | 'error' | 'other';
  readonly raw?: string;
  /** The stop sequence that was hit, where the vendor names it. */
  readonly stopSequence?: string;
}

/** A whole answer. */
export interface CanonicalResponse {
  readonly id: string;
  readonly model: string;
  readonly content: readonly ContentBlock[];
  readonly finishReason: FinishReason;
  readonly usage?: Usage;
  readonly extensions?: Extensions;
}
