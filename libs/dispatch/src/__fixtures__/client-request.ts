import type { WireFormat } from '@sluice/translator-kit';
import type { ClientRequest } from '../client-request.js';

/** A request as the HTTP surface would hand it over. */
export function clientRequest(format: WireFormat, body: Buffer, overrides: Partial<ClientRequest> = {}): ClientRequest {
  return {
    format,
    requestId: 'req_1',
    path: '/v1/script',
    query: '',
    headers: { 'content-type': 'application/json' },
    clientAddress: '127.0.0.1',
    readBody: () => Promise.resolve(body),
    ...overrides,
  };
}
