/** The kinds of secret that a provider understands. An open set. */
export type CredentialKind = 'none' | 'api-key' | 'oauth' | 'aws' | (string & {});

/** The secret that proves an account. Never logged; `details` may hold what a refresh needs. */
export interface Credential {
  readonly kind: CredentialKind;
  /** What is sent: a key or an access token. Empty for kind `none`. */
  readonly secret: string;
  /** Milliseconds since the epoch; absent = does not expire. */
  readonly expiresAtMs?: number;
  readonly details?: Readonly<Record<string, string>>;
}

/** All in milliseconds. */
export interface UpstreamTimeouts {
  /** To an open, secured connection. */
  readonly connectMs: number;
  /** From the sent request to the first byte of the answer's head. */
  readonly firstByteMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  /** From the sent request to the last byte of an answer that is not streamed; absent = no limit. */
  readonly totalMs?: number;
}

export interface UpstreamTls {
  /** PEM; trusted instead of the system's authorities. */
  readonly ca?: string;
  /** PEM; our own certificate and key for mutual TLS. */
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: boolean;
  /** The name that the vendor's certificate must have, and that is asked for; absent = the host's. */
  readonly servername?: string;
}

/** How the vendor is reached. */
export interface Transport {
  /** `http:`, `https:`, `socks5:`; `direct` = no proxy even if there is a global one; absent = the global one, if any. */
  readonly proxyUrl?: string;
  readonly timeouts: UpstreamTimeouts;
  readonly tls?: UpstreamTls;
}

/** One identity at a provider, as the provider sees it. */
export interface Account {
  readonly id: string;
  readonly provider: string;
  /** The provider's own members, as its descriptor's schema gave them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Headers that the operator adds to every call; they win over everything else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: Transport;
}
