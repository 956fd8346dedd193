import { EventStreamDecoder } from '@sluice/event-stream';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { readBody, UpstreamHttp, type Account, type Credential } from '@sluice/provider-kit';
import { Cancellation } from '@sluice/streaming';
import { KiroProvider } from './kiro.provider.js';

const BODY = Buffer.from(
  JSON.stringify({
    conversationState: {
      currentMessage: { userInputMessage: { content: 'Hi', modelId: 'demo', origin: 'AI_EDITOR' } },
    },
  }),
);
const MAX_BYTES = 1024 * 1024;

describe('KiroProvider, against a scripted vendor', () => {
  let http: UpstreamHttp;
  let mock: MockUpstream;
  let provider: KiroProvider;

  beforeEach(async () => {
    http = new UpstreamHttp();
    mock = await startMockUpstream();
    provider = new KiroProvider(http);
  });

  afterEach(async () => {
    await http.destroy();
    await mock.stop();
  });

  function accountOf(settings: Record<string, unknown>): Account {
    const { url } = mock;
    return {
      id: 'kiro-1',
      provider: 'kiro',
      settings: provider.descriptor.settings.parse({
        endpoints: { inference: url, management: url, socialAuth: url, oidc: url },
        ...settings,
      }),
      headers: {},
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    };
  }

  it.each([
    ['social', { refreshToken: 'aor-1' }, ['/refreshToken', '/generateAssistantResponse']],
    [
      'single sign-on',
      { refreshToken: 'aor-1', clientId: 'i', clientSecret: 's' },
      ['/token', '/', '/generateAssistantResponse'],
    ],
    [
      'Builder ID',
      { refreshToken: 'aor-1', clientId: 'i', clientSecret: 's', startUrl: 'https://view.awsapps.com/start' },
      ['/token', '/'],
    ],
  ])('renews a %s login and is answered with it', async (_name, settings, paths) => {
    const account = accountOf(settings);
    const declared = provider.descriptor.readCredential?.(account.settings) as Credential; // declared in the line above

    const credential = await provider.refreshCredential(declared, account, new AbortController().signal);
    const cancellation = new Cancellation();
    const reply = await provider.send({
      account,
      credential,
      format: 'kiro',
      model: 'demo',
      stream: true,
      query: '',
      body: BODY,
      headers: {},
      cancellation,
    });

    const frames: string[] = [];
    const decoder = new EventStreamDecoder();
    const bytes = await readBody(reply.body, MAX_BYTES, cancellation);
    decoder.push(bytes, ({ headers }) => void frames.push(String(headers[':event-type'])));
    expect(reply.status).toBe(200);
    expect(frames.slice(-2)).toEqual(['contextUsageEvent', 'meteringEvent']);
    expect(mock.requests.map((request) => request.path)).toEqual(paths);
    expect(mock.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${credential.secret}`);
  });

  it('sends the profile that a renewal brought', async () => {
    const account = accountOf({ refreshToken: 'aor-1' });
    const declared = provider.descriptor.readCredential?.(account.settings) as Credential; // declared in the line above

    const credential = await provider.refreshCredential(declared, account, new AbortController().signal);
    const reply = await provider.send({
      account,
      credential,
      format: 'kiro',
      model: 'demo',
      stream: true,
      query: '',
      body: BODY,
      headers: {},
      cancellation: new Cancellation(),
    });

    reply.body.cancel();
    expect(JSON.parse(mock.requests[1]?.body.toString() ?? '')).toMatchObject({
      profileArn: credential.details?.['profileArn'],
    });
  });

  it('can renew again with what a renewal brought', async () => {
    const account = accountOf({ refreshToken: 'aor-1' });
    const declared = provider.descriptor.readCredential?.(account.settings) as Credential; // declared in the line above
    const { signal } = new AbortController();

    const first = await provider.refreshCredential(declared, account, signal);
    const second = await provider.refreshCredential(first, account, signal);

    expect(JSON.parse(mock.requests[1]?.body.toString() ?? '')).toEqual({
      refreshToken: first.details?.['refreshToken'],
    });
    expect(second.secret).not.toBe(first.secret);
    expect(second.details?.['machineId']).toBe(declared.details?.['machineId']);
  });
});
