/** What went wrong between us and a proxy, or between the proxy and the vendor. */
export type ProxyErrorCode =
  | 'PROXY_UNREACHABLE' // there is no connection to the proxy
  | 'PROXY_REFUSED' // the proxy answered, and said no
  | 'PROXY_AUTH' // the proxy wants another user name or password
  | 'PROXY_PROTOCOL' // what answered is no proxy of that kind
  | 'PROXY_TIMEOUT';

/** A failed tunnel. `message` continues the sentence "Could not reach … through the proxy: " and holds no secret. */
export class ProxyError extends Error {
  constructor(
    readonly code: ProxyErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ProxyError';
  }
}
