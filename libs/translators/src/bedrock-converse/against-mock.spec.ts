import { startMockUpstream, type MockBehaviour, type MockUpstream } from '@sluice/mock-upstream';
import { sendRaw } from '@sluice/testing';
import { accumulateResponse } from '@sluice/translator-kit';
import { decodePieces } from './__fixtures__/frames.js';
import { assistant, call, contextOf, functionTool, requestOf, result, system, user } from './__fixtures__/requests.js';
import { bedrockConverse } from './format.js';

const { encodeRequest, decodeResponse } = bedrockConverse.upstream.translation;

const REQUEST = requestOf({
  messages: [system('Be brief.'), user('call:look_up {"what":"fjord"}')],
  tools: [functionTool('look.up')],
});

describe('bedrock-converse, against a scripted vendor', () => {
  let mock: MockUpstream;

  beforeAll(async () => {
    mock = await startMockUpstream();
  });

  beforeEach(() => mock.reset());

  afterAll(() => mock.stop());

  /** What the vendor answers to a request, as it was sent. */
  async function ask(request = REQUEST, behaviour: MockBehaviour = {}) {
    mock.next(behaviour);
    const { path, body } = encodeRequest(request, contextOf()).call;
    return sendRaw(`${mock.url}${path}`, { body });
  }

  it('is understood, and understands answers of both kinds', async () => {
    const streamed = await ask();
    const whole = await ask({ ...REQUEST, stream: false });

    const events = decodePieces(streamed.pieces, { request: REQUEST });
    const expected = {
      content: [{ type: 'tool-call', name: 'look.up', argumentsJson: '{"what":"fjord"}' }],
      finishReason: { unified: 'tool-calls' },
      usage: { input: 2 },
    };
    expect(accumulateResponse(events)).toMatchObject(expected);
    expect(decodeResponse(Buffer.concat(whole.pieces), contextOf(), REQUEST)).toMatchObject(expected);
  });

  it('brings results back', async () => {
    const messages = [...REQUEST.messages, assistant(call('t', 'look.up')), user(result('t', 'wet'))];

    const { pieces } = await ask({ ...REQUEST, messages });

    expect(accumulateResponse(decodePieces(pieces))).toMatchObject({
      content: [{ type: 'text', text: expect.stringMatching(/The tool answered: wet$/) }],
    });
  });

  it.each<[MockBehaviour, string]>([
    [{ text: 'a b', truncate: true }, 'upstream_truncated'],
    [{ text: 'a b', errorInStream: 'before' }, 'upstream_overloaded'],
    [{ text: 'a b', errorInStream: 'after' }, 'upstream_overloaded'],
    [{ text: 'a b', errorInStream: 'after', code: 'throttlingException' }, 'upstream_rate_limited'],
    [{ text: 'a b', invalidSse: true }, 'upstream_invalid_response'],
  ])('knows how the answer broke: %j', async (behaviour, kind) => {
    const { pieces } = await ask(REQUEST, behaviour);

    expect(decodePieces(pieces).at(-1)).toMatchObject({ type: 'response-error', error: { kind } });
  });

  it.each([
    [400, 'upstream_invalid_request'],
    [403, 'upstream_auth_failed'],
    [429, 'upstream_rate_limited'],
    [503, 'upstream_overloaded'],
  ])('reads the refusal %d', async (status, kind) => {
    const reply = await ask(REQUEST, { status });

    expect(bedrockConverse.upstream.decodeError(status, reply.headers, Buffer.from(reply.text))).toMatchObject({
      kind,
      upstream: { requestId: expect.stringMatching(/^req_/) },
    });
  });
});
