/** What the gateway shows to clients that come over TLS. */
export interface ListenerCertificate {
  /** PEM: the certificate, followed by those that lead from it to one that clients know. */
  readonly cert: string;
  /** PEM. A secret: given to the listener, shown nowhere. */
  readonly key: string;
}
