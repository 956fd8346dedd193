import { Cancellation } from '@sluice/streaming';
import { z } from 'zod';
import type { Account } from '../account.js';
import { type UpstreamHttp } from '../http/upstream-http.js';
import { withLocation } from '../headers/with-location.js';
import { joinUrl } from '../join-url.js';
import type { CountCall, ForwardCall, Provider, ProviderDescriptor, UpstreamCall, UpstreamReply } from '../provider.js';
import type { ConformanceCase, TestRunner } from './conformance-case.js';
import { describeProviderConformance } from './describe-provider-conformance.js';

/** Collects the tests instead of running them. */
class CollectingRunner implements TestRunner {
  readonly tests: { readonly name: string; readonly run: () => Promise<void> }[] = [];
  readonly describe = (_name: string, body: () => void): void => body();
  readonly it = (name: string, run: () => Promise<void>): void => void this.tests.push({ name, run });
}

/** The smallest provider that conforms. */
class GoodProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'good',
    displayName: 'Good',
    credentials: ['api-key'],
    settings: z.strictObject({ baseUrl: z.string() }),
  };
  constructor(protected readonly http: UpstreamHttp) {}
  formats(): readonly string[] {
    return ['good-format'];
  }
  send(call: UpstreamCall): Promise<UpstreamReply> {
    return this.http.send({
      method: 'POST',
      url: `${String(call.account.settings['baseUrl'])}/go${call.query.includes('beta') ? '?beta=true' : ''}`,
      headers: this.headers(call),
      body: call.body,
      transport: call.account.transport,
      cancellation: call.cancellation,
    });
  }
  protected headers({ account, credential }: UpstreamCall): Record<string, string> {
    const own = { 'content-type': 'application/json', accept: '*/*', 'x-key': credential.secret };
    return { ...own, ...lowerCased(account.headers) };
  }
}

function lowerCased(headers: Account['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function subject(create: (http: UpstreamHttp) => Provider): ConformanceCase {
  return {
    create,
    settings: (origin) => ({ baseUrl: origin }),
    credential: { kind: 'api-key', secret: 'operator' },
    model: 'm',
    path: '/go',
    auth: { 'x-key': 'operator' },
    replies: {
      success: { status: 200, headers: { 'x-a': 'b' }, chunks: ['ok'] },
      stream: { status: 200, chunks: ['a', 'b'] },
      unauthorized: { status: 401, chunks: [] },
      rateLimited: { status: 429, headers: { 'retry-after': '1' }, chunks: [] },
      failure: { status: 500, chunks: [] },
    },
  };
}

async function failedTests(
  create: (http: UpstreamHttp) => Provider,
  more: Partial<ConformanceCase> = {},
): Promise<string[]> {
  const runner = new CollectingRunner();
  describeProviderConformance({ ...subject(create), ...more }, runner);
  const failed: string[] = [];
  for (const { name, run } of runner.tests) {
    await run().catch(() => failed.push(name));
  }
  return failed;
}

describe('describeProviderConformance', () => {
  it('passes a provider that does what it should', async () => {
    expect(await failedTests((http) => new GoodProvider(http))).toEqual([]);
  });

  it('finds a provider that re-serialises the body', async () => {
    class Reserialising extends GoodProvider {
      override send(call: UpstreamCall): Promise<UpstreamReply> {
        return super.send({ ...call, body: Buffer.from(JSON.stringify(JSON.parse(call.body.toString()))) });
      }
    }

    expect(await failedTests((http) => new Reserialising(http))).toEqual([
      'posts exactly the bytes of the body to the endpoint',
    ]);
  });

  it('finds a provider that overrides the operator', async () => {
    class Stubborn extends GoodProvider {
      protected override headers(call: UpstreamCall): Record<string, string> {
        return { ...super.headers(call), 'x-key': 'operator', 'user-agent': 'stubborn' };
      }
    }

    expect(await failedTests((http) => new Stubborn(http))).toEqual(['lets the headers of the account win']);
  });

  it('finds a provider that hands the key of the client on', async () => {
    class Leaking extends GoodProvider {
      override send(call: UpstreamCall): Promise<UpstreamReply> {
        return this.http.send({
          method: 'POST',
          url: `${String(call.account.settings['baseUrl'])}/go${call.query}`,
          headers: this.headers(call),
          body: call.body,
          transport: call.account.transport,
          cancellation: call.cancellation,
        });
      }
    }

    expect(await failedTests((http) => new Leaking(http))).toEqual(['hands no credential of the client on']);
  });

  it('finds a provider that is deaf to cancellation', async () => {
    class Deaf extends GoodProvider {
      override send(call: UpstreamCall): Promise<UpstreamReply> {
        const cancellation = new Cancellation();
        call.cancellation.onCancel(() => queueMicrotask(() => cancellation.cancel('late, as after a retry')));
        return super.send({ ...call, cancellation }).catch(() => ({ status: 0, headers: {}, body: NO_BODY }));
      }
    }

    expect(await failedTests((http) => new Deaf(http))).toEqual([
      'gives up waiting for the head when the call is cancelled, and drops the connection',
    ]);
  });

  it('finds a provider whose body cannot be paused', async () => {
    class Gushing extends GoodProvider {
      override async send(call: UpstreamCall): Promise<UpstreamReply> {
        const reply = await super.send(call);
        const { body } = reply;
        return {
          ...reply,
          body: {
            start: (listener) => body.start(listener),
            pause: () => {},
            resume: () => {},
            cancel: () => body.cancel(),
          },
        };
      }
    }

    expect(await failedTests((http) => new Gushing(http))).toEqual([
      'stops the vendor while the body is paused, and loses nothing',
    ]);
  });
});

describe('what the suite asks of those who can do more', () => {
  const forward = { path: '/v1/files/1', arrivesAt: '/base/files/1' };
  const count = { path: '/count', reply: { status: 200, chunks: ['{"n":1}'] } };

  /** Takes requests whole, and counts. */
  class AbleProvider extends GoodProvider {
    override readonly descriptor: ProviderDescriptor = {
      id: 'good',
      displayName: 'Good',
      api: 'good',
      credentials: ['api-key'],
      settings: z.strictObject({ baseUrl: z.string() }),
    };
    async forward(call: ForwardCall): Promise<UpstreamReply> {
      const url = joinUrl(`${String(call.account.settings['baseUrl'])}/base`, call.path.slice(3), call.query);
      const headers = { ...call.headers, 'x-key': call.credential.secret };
      const { method, body, cancellation } = call;
      const reply = await this.http.send({
        method,
        url,
        headers,
        body,
        transport: call.account.transport,
        cancellation,
      });
      return withLocation(reply, { url, path: call.path });
    }
    countTokens(call: CountCall): Promise<UpstreamReply> {
      const { body, cancellation } = call;
      const url = `${String(call.account.settings['baseUrl'])}/count`;
      const headers = this.headers({ ...call, stream: false });
      return this.http.send({ method: 'POST', url, headers, body, transport: call.account.transport, cancellation });
    }
  }

  it('passes a provider that does what it should', async () => {
    expect(await failedTests((http) => new AbleProvider(http), { forward, count })).toEqual([]);
  });

  it('finds a provider that leads clients to its vendor', async () => {
    class Leading extends AbleProvider {
      override async forward(call: ForwardCall): Promise<UpstreamReply> {
        const reply = await super.forward(call);
        const { location } = reply.headers;
        return typeof location === 'string' ? { ...reply, location } : reply;
      }
    }

    expect(await failedTests((http) => new Leading(http), { forward })).toEqual([
      'does not follow a redirect, but says which path of ours it leads to',
      'has nowhere to lead where the vendor leads to another host',
    ]);
  });

  it('finds a provider that cannot do what its case says', async () => {
    const failed = await failedTests((http) => new GoodProvider(http), { forward, count });

    expect(failed).toContain('names the API whose paths it takes');
    expect(failed).toContain('gives the vendor’s answer back');
  });

  it('finds a provider that counts another body', async () => {
    class Reserialising extends AbleProvider {
      override countTokens(call: CountCall): Promise<UpstreamReply> {
        return super.countTokens({ ...call, body: Buffer.from(JSON.stringify(JSON.parse(call.body.toString()))) });
      }
    }

    expect(await failedTests((http) => new Reserialising(http), { count })).toEqual([
      'posts exactly the bytes of the body to the endpoint, with its own credential',
    ]);
  });
});

const NO_BODY: UpstreamReply['body'] = { start: () => {}, pause: () => {}, resume: () => {}, cancel: () => {} };
