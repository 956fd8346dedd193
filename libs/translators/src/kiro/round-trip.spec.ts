import { startMockUpstream, type MockBehaviour, type MockUpstream } from '@sluice/mock-upstream';
import { sendRaw } from '@sluice/testing';
import { call, contextOf, functionTool, requestOf, result, system, user, assistant } from './__fixtures__/requests.js';
import { tell, decodePieces } from './__fixtures__/tell-events.js';
import { kiro } from './format.js';

const { encodeRequest, decodeResponse } = kiro.upstream.translation;

describe('kiro, against a scripted vendor', () => {
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await startMockUpstream();
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  const REQUEST = requestOf({
    messages: [system('Be brief.'), user('call:look_up {"what":"fjord"}')],
    tools: [functionTool('look.up')],
  });

  /** What the vendor answers to a request, as it was sent. */
  async function ask(request = REQUEST, behaviour: MockBehaviour = {}) {
    mock.next(behaviour);
    const { path, body } = encodeRequest(request, contextOf()).call;
    return sendRaw(`${mock.url}${path}`, { body });
  }

  it('is understood, and understands the answer', async () => {
    const { pieces } = await ask();

    expect(tell(decodePieces(pieces, { request: REQUEST }))).toEqual([
      expect.stringMatching(/^call tooluse_\w+ look\.up: \{"what":"fjord"\}$/),
      'end: tool-calls',
    ]);
  });

  it('brings results back', async () => {
    const messages = [
      ...REQUEST.messages,
      assistant(call('t', 'look.up', '{"what":"fjord"}')),
      user(result('t', 'wet')),
    ];
    const request = { ...REQUEST, messages };

    const { pieces } = await ask(request);

    const answer = decodeResponse(Buffer.concat(pieces), contextOf(), request);
    expect(answer).toMatchObject({
      content: [{ type: 'text', text: expect.stringMatching(/The tool answered: wet$/) }],
      finishReason: { unified: 'stop' },
    });
  });

  it.each([
    [
      { truncate: true },
      [expect.stringMatching(/^text: \[The vendor cut off a call of the tool "look\.up"/), 'end: length'],
    ],
    [
      { text: 'a b', truncate: true },
      ['text: a b\n\n[The vendor cut off the answer here.]', 'error: upstream_truncated'],
    ],
    [{ text: 'a b', errorInStream: 'before' }, ['error: upstream_overloaded 503']],
    [{ text: 'a b', errorInStream: 'after' }, ['text: a', 'error: upstream_overloaded 503']],
    [{ text: 'a b', invalidSse: true }, ['text: a', 'error: upstream_invalid_response']],
  ] as const)('knows how the answer broke: %j', async (behaviour, told) => {
    const { pieces } = await ask(REQUEST, behaviour);

    expect(tell(decodePieces(pieces, { request: REQUEST }))).toEqual(told);
  });

  it.each([
    [402, 'upstream_quota_exhausted'],
    [403, 'upstream_auth_failed'],
    [429, 'upstream_rate_limited'],
    [503, 'upstream_overloaded'],
  ])('reads the refusal %d', async (status, kind) => {
    const reply = await ask(REQUEST, { status });

    expect(kiro.upstream.decodeError(status, reply.headers, Buffer.from(reply.text))).toMatchObject({
      kind,
      upstream: { requestId: expect.stringMatching(/^req_/) },
    });
  });
});
