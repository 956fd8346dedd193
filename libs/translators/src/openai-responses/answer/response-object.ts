import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { deterministicId, restoreMembers, type TranslationContext, withoutMembers } from '@sluice/translator-kit';
import { echoOf } from './request-echo.js';

export interface ResponseParts {
  readonly id: string;
  readonly status: string;
  readonly incomplete_details: JsonObject | null;
  readonly error?: JsonObject;
  readonly output: readonly JsonObject[];
  readonly usage: JsonObject | null;
}

/** The `response` of one answer at any time of it, under the name that the client asked for. */
export class ResponseObject {
  readonly #context: TranslationContext;
  readonly #request: CanonicalRequest | undefined;

  constructor(context: TranslationContext, request: CanonicalRequest | undefined) {
    this.#context = context;
    this.#request = request;
  }

  /** The vendor's id, or one that is made of our request's. */
  idOf(id: string): string {
    return id === '' ? deterministicId('resp_', [this.#context.requestId]) : id;
  }

  /** @param carried what a vendor of this format said besides; absent = the client's own request is repeated */
  render(
    { id, status, incomplete_details, error, output, usage }: ResponseParts,
    carried: JsonObject | undefined,
  ): JsonObject {
    const { createdAtSeconds, requestedModel, history } = this.#context;
    const response = {
      id,
      object: 'response',
      created_at: carried?.['created_at'] ?? createdAtSeconds,
      status,
      error: error ?? null,
      incomplete_details,
      model: requestedModel,
      output,
      usage,
    };
    const isOwn = carried?.['own'] === true;
    return restoreMembers(response, isOwn ? withoutMembers(carried, ['own']) : echoOf(this.#request, history));
  }
}
