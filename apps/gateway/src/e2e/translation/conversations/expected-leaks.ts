import type { ClientFormat, VendorFormat } from '../vendors.js';

/** A proof of reasoning that a client was given in a translated answer and that goes to a vendor whose models did not make it. */
export interface ExpectedLeak {
  /** The format of the client, and of the vendor that is given its bytes. */
  readonly format: ClientFormat;
  readonly signers: readonly VendorFormat[];
}

/**
 * Known gap: whose models a vendor of Chat Completions serves is not known, and Google's own such endpoint wants the member back
 * that holds the proof. An entry that no longer leaks must go.
 */
export const EXPECTED_LEAKS: readonly ExpectedLeak[] = [{ format: 'openai-chat', signers: ['gemini'] }];
