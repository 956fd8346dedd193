import type { CanonicalRequest, CanonicalResponse, Extensions } from '@sluice/core';
import type { TranslationContext } from './wire-format.js';

/**
 * What can be wrong with an answer that a vendor gave as a success, and how it is asked for a better one. The pipeline asks at
 * most once for a client's request, and only while nothing of the first answer has reached the client.
 */
export interface AnswerRepair {
  /**
   * What is wrong, in a word for the log and the metrics (`cut-call`); undefined = nothing.
   * @param extensions the answer's, or those of the event that ends its stream
   */
  flawOf(extensions: Extensions | undefined): string | undefined;
  /**
   * The request that may bring a better answer to the same question. Undefined = the account does not want a second call.
   * @param response an answer with a flaw, which the vendor does not remember
   */
  askAgain(
    response: CanonicalResponse,
    request: CanonicalRequest,
    context: TranslationContext,
  ): CanonicalRequest | undefined;
}
