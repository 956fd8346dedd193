import type { WireHeaders } from '@sluice/core';
import type { WireFormat } from '@sluice/translator-kit';

export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** One request as the HTTP surface hands it over: nothing has been read, nobody has been checked. */
export interface ClientRequest {
  readonly format: WireFormat;
  readonly requestId: string;
  readonly path: string;
  /** With its leading `?`, or the empty string. */
  readonly query: string;
  readonly headers: WireHeaders;
  readonly clientAddress: string | undefined;
  /** @throws GatewayError when the body is too large, too slow, or encoded in a way we do not read */
  readBody(limits: BodyLimits): Promise<Buffer>;
}
