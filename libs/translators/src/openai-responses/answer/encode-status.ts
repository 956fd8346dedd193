import type { FinishReason, JsonObject } from '@sluice/core';
import type { ResponseStatus } from '../wire-types.js';

interface StatusRow {
  readonly status: ResponseStatus;
  readonly reason?: 'max_output_tokens' | 'content_filter';
}

const ROWS: Readonly<Record<FinishReason['unified'], StatusRow>> = {
  stop: { status: 'completed' },
  length: { status: 'incomplete', reason: 'max_output_tokens' },
  'tool-calls': { status: 'completed' },
  'content-filter': { status: 'incomplete', reason: 'content_filter' },
  refusal: { status: 'incomplete', reason: 'content_filter' },
  'context-window': { status: 'incomplete', reason: 'max_output_tokens' },
  pause: { status: 'incomplete' },
  error: { status: 'failed' }, // the vendor says that the model's answer is broken; other failures never come here
  other: { status: 'completed' },
};

export interface EncodedStatus {
  readonly status: ResponseStatus;
  readonly incomplete_details: JsonObject | null;
  /** Clients of a failed response read why. */
  readonly error?: JsonObject;
}

/**
 * `status` and `incomplete_details`. A refusal in the model's own words is a completed answer.
 * @param hasRefusal whether the answer has such words
 */
export function encodeStatus({ unified, raw }: FinishReason, hasRefusal: boolean): EncodedStatus {
  const isOwnOther = unified === 'other' && raw === 'incomplete';
  const { status, reason } = unified === 'refusal' && hasRefusal ? ROWS.stop : isOwnOther ? ROWS.pause : ROWS[unified];
  const details = { status, incomplete_details: reason === undefined ? null : { reason } };
  return status === 'failed' ? { ...details, error: failureOf(raw) } : details;
}

function failureOf(raw: string | undefined): JsonObject {
  const why = raw === undefined ? '' : ` (${raw})`;
  return {
    code: 'server_error',
    message: `The vendor could not make anything of the model's answer${why}. Ask again.`,
  };
}
