import type { ServerResponse } from 'node:http';
import { GatewayError, type Logger } from '@sluice/core';

/** What clients of kiro-rs's admin API read of a failure. */
interface AdminFailure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

export function sendAdminJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, HEADERS).end(JSON.stringify(body));
}

/** Answers with what `make` gives, or with its failure. Never rejects. */
export async function answerAdmin(
  response: ServerResponse,
  logger: Logger,
  make: () => Promise<unknown>,
): Promise<void> {
  try {
    sendAdminJson(response, 200, await make());
  } catch (error) {
    const { status, type, message } = failureOf(error, logger);
    sendAdminJson(response, status, { error: { type, message } });
  }
}

function failureOf(error: unknown, logger: Logger): AdminFailure {
  if (!(error instanceof GatewayError)) {
    logger.error('the admin API failed', { error });
    return { status: 500, type: 'internal_error', message: 'The gateway failed while it handled this request.' };
  }
  const { kind, message } = error;
  if (kind === 'invalid_api_key') return { status: 401, type: 'authentication_error', message };
  if (kind === 'not_found') return { status: 404, type: 'not_found', message };
  if (kind.startsWith('upstream_')) return { status: 502, type: 'api_error', message };
  return { status: error.status, type: 'invalid_request', message };
}
