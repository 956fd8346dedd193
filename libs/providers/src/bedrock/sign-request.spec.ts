import { request as httpRequest } from 'node:http';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { replay, ScriptedVendor, type SeenRequest } from '@sluice/provider-kit/conformance';
import { signRequest } from './sign-request.js';

/** Of AWS's documentation; put together, so that nobody takes it for a real one. */
const EXAMPLE = {
  accessKeyId: ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const ANSWER = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  chunks: ['{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn"}'],
};

/** As the client gives it to its transport. */
interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Headers that a signature makes itself. */
const MADE = ['host', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'];

/** The official client with a transport of plain HTTP/1.1, as the gateway's own is. */
function officialClient(origin: string, sessionToken?: string): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: 'eu-central-1',
    endpoint: origin,
    credentials: { ...EXAMPLE, ...(sessionToken === undefined ? {} : { sessionToken }) },
    maxAttempts: 1,
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: ({ method, path, headers, body }: HttpCall) =>
        new Promise((resolve, reject) => {
          const sent = httpRequest(`${origin}${path}`, { method, headers, agent: false }, (response) => {
            resolve({ response: { statusCode: response.statusCode ?? 0, headers: {}, body: response } });
          });
          sent.on('error', reject);
          sent.end(body);
        }),
    },
  });
}

/** Milliseconds of `20260102T030405Z`. */
function dateOf(seen: SeenRequest | undefined): number {
  const compact = String(seen?.headers['x-amz-date']);
  return Date.parse(compact.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
}

describe('signRequest', () => {
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
  it.each([
    ['test.txt', { range: 'bytes=0-9' }, 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'],
    ['?lifecycle', {}, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['?max-keys=2&prefix=J', {}, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('signs the published example /%s', async (path, headers, signature) => {
    const proof = await signRequest({
      method: 'GET',
      url: `https://examplebucket.s3.amazonaws.com/${path}`,
      headers,
      service: 's3',
      region: 'us-east-1',
      identity: EXAMPLE,
      nowMs: Date.UTC(2013, 4, 24),
    });

    expect(proof['authorization']).toMatch(new RegExp(`Signature=${signature}$`));
    expect(proof['x-amz-date']).toBe('20130524T000000Z');
  });

  describe('beside the official client', () => {
    let vendor: ScriptedVendor;

    beforeEach(async () => {
      vendor = await ScriptedVendor.open(replay(ANSWER));
    });

    afterEach(() => vendor.close());

    it.each([
      ['an id', 'anthropic.claude-3-haiku-20240307-v1:0', undefined],
      ['an ARN', 'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-v1:0', undefined],
      ['a temporary key', 'amazon.nova-lite-v1:0', 'token//of+a session=='],
    ])('gives the same signature for %s', async (_, modelId, sessionToken) => {
      const client = officialClient(vendor.origin, sessionToken);
      await client.send(new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'Grüße' }] }] }));
      client.destroy();
      const [seen] = vendor.seen;
      const theirs = seen?.headers.authorization ?? '';
      const [, names = ''] = /SignedHeaders=([^,]+)/.exec(theirs) ?? [];
      const signed = names.split(';').filter((name) => !MADE.includes(name));

      const proof = await signRequest({
        method: 'POST',
        url: `${vendor.origin}${seen?.url ?? ''}`,
        headers: Object.fromEntries(signed.map((name) => [name, String(seen?.headers[name])])),
        body: seen?.body ?? Buffer.alloc(0),
        service: 'bedrock',
        region: 'eu-central-1',
        identity: { ...EXAMPLE, sessionToken },
        nowMs: dateOf(seen),
      });

      expect(seen?.url).toBe(`/model/${encodeURIComponent(modelId)}/converse`);
      expect(proof['authorization']).toBe(theirs);
      expect(proof['x-amz-content-sha256']).toBe(seen?.headers['x-amz-content-sha256']);
      expect(proof['x-amz-security-token']).toBe(sessionToken);
    });
  });
});
