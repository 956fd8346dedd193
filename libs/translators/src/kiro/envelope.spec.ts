import { contextOf, requestOf, system } from './__fixtures__/requests.js';
import { envelope } from './envelope.js';
import { encodeRequest } from './request/encode-request.js';

const callOf = (body: unknown) => ({ path: '/', query: '', body: Buffer.from(JSON.stringify(body)) });

describe('envelope', () => {
  it('reads the model of the current message', () => {
    const body = { conversationState: { currentMessage: { userInputMessage: { modelId: 'auto' } } } };

    expect(envelope.read(callOf(body))).toEqual({ model: 'auto', stream: true });
  });

  it('refuses a body without one', () => {
    expect(() => envelope.read(callOf({}))).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
  });

  it('changes the model of every user message and nothing else', () => {
    const request = requestOf({ messages: [system('S'), ...requestOf().messages] });
    const { call } = encodeRequest(request, contextOf({ upstreamModel: 'first' }));

    const changed = envelope.withModel(call, 'second').body.toString();

    expect(changed).toBe(call.body.toString().replaceAll('"first"', '"second"'));
  });

  it('gives back the same call for the same model', () => {
    const { call } = encodeRequest(requestOf(), contextOf({ upstreamModel: 'first' }));

    expect(envelope.withModel(call, 'first')).toBe(call);
  });
});
