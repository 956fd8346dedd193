/** Why a body cannot be looked into: it is no JSON there, or has more values than `MAX_VALUES`. */
export type JsonNodeErrorCode = 'malformed' | 'too-many-values';

/** A body that cannot be looked into. */
export class JsonNodeError extends Error {
  override readonly name = 'JsonNodeError';

  constructor(readonly code: JsonNodeErrorCode) {
    super(code);
  }
}
