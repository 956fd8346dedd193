import { gatewayErrorRow, type FormatId, type GatewayError, type OpenAiErrorType } from '@sluice/core';
import { vendorErrorBody, vendorErrorCode } from './vendor-error-body.js';
import type { EncodedError } from './wire-format.js';

/** The envelope of all of OpenAI's paths (an alias, not an interface, so that it is a JSON object to the compiler). */
export type OpenAiErrorBody = {
  readonly error: {
    readonly message: string;
    readonly type: OpenAiErrorType;
    readonly param: string | null;
    readonly code: string;
  };
};

/**
 * A failure in OpenAI's words: the vendor's own body where it spoke `format`, else our envelope around its message.
 * @see https://platform.openai.com/docs/guides/error-codes/api-errors
 */
export function encodeOpenAiError(error: GatewayError, format: FormatId): EncodedError {
  return { status: error.status, body: vendorErrorBody(error, format) ?? ownBody(error) };
}

/** The vendor's own code, except where clients act on OpenAI's word: agents shorten their history when they read it. */
export function openAiErrorCode(error: GatewayError): string {
  const { kind } = error;
  const { openAiCode = kind } = gatewayErrorRow(kind);
  if (kind === 'upstream_context_length') return openAiCode;
  return vendorErrorCode(error) ?? openAiCode;
}

function ownBody(error: GatewayError): OpenAiErrorBody {
  const { param = null, kind } = error;
  return {
    error: { message: error.message, type: gatewayErrorRow(kind).openAi, param, code: openAiErrorCode(error) },
  };
}
