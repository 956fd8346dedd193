import { createHash, createHmac } from 'node:crypto';
import type { SeenRequest } from '@sluice/provider-kit/conformance';

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * Whether AWS would believe a request, judged by what arrived. By hand, so that it shares nothing with the signer.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignatureValid({ method, url, headers, body }: SeenRequest, secretAccessKey: string): boolean {
  const proof = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(headers.authorization ?? '');
  const [, scope = '', names = '', signature = ''] = proof ?? [];
  const [path = '', query = ''] = url.split('?');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonicalPath = path.split('/').map(encodeURIComponent).join('/');
  const canonicalQuery = query.split('&').sort().join('&');
  const canonical = [method, canonicalPath, canonicalQuery, lines.join(''), names, sha256(body)].join('\n');
  const date = String(headers['x-amz-date']);
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex') === signature && headers['x-amz-content-sha256'] === sha256(body);
}
