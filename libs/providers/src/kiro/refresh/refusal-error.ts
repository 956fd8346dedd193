import type { Refusal } from './refusal.js';

/** Carries a refusal from the service that gave it to the ledger that notes it. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(readonly refusal: Refusal) {
    super(refusal.error.message);
  }
}
