import type { WireHeaders } from '@sluice/provider-kit';
import type { AwsIdentity } from './aws-identity.js';
import { NodeSha256 } from './node-sha256.js';

export interface SignableRequest {
  readonly method: 'GET' | 'POST';
  /** As it is sent, percent signs and all: the signature encodes the path once more. */
  readonly url: string;
  /** All of them are signed, beside `host` and those that the signature adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The service's name in signatures. */
  readonly service: string;
  readonly region: string;
  readonly identity: AwsIdentity;
  readonly nowMs: number;
}

/**
 * The headers that prove a request: `authorization`, `x-amz-date`, `x-amz-content-sha256`, and the token of a temporary key.
 * They hold for exactly these bytes, for some minutes. AWS's signer is loaded with the first request that needs it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function signRequest(request: SignableRequest): Promise<WireHeaders> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const { method, headers, body, service, region, identity, nowMs } = request;
  const url = new URL(request.url);
  const signer = new SignatureV4({ service, region, credentials: identityOf(identity), sha256: NodeSha256 });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: { host: url.host, ...headers },
      ...(body === undefined ? {} : { body }),
    },
    { signingDate: new Date(nowMs) },
  );
  const added = Object.entries(signed.headers).filter(([name]) => name !== 'host' && !(name in headers));
  return Object.fromEntries(added);
}

function identityOf({ accessKeyId, secretAccessKey, sessionToken }: AwsIdentity) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** A name may come more than once. */
function queryOf({ searchParams }: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
