import { FormatRegistry } from './format-registry.js';
import { planExchange } from './plan-exchange.js';
import type { ClientTranslation, UpstreamTranslation, WireFormat } from './wire-format.js';

const unused = (): never => {
  throw new Error('planning runs nothing of a format');
};
const clientTranslation: ClientTranslation = {
  decodeRequest: unused,
  encodeResponse: unused,
  createStreamEncoder: unused,
};
const upstreamTranslation: UpstreamTranslation = {
  encodeRequest: unused,
  decodeResponse: unused,
  createStreamDecoder: unused,
};

const passable = (id: string): WireFormat => ({
  id,
  displayName: id,
  envelope: { read: unused, withModel: unused },
  client: { encodeError: unused, encodeStreamError: unused },
  upstream: { framing: 'sse', decodeError: unused },
  observe: { createStreamObserver: unused, observeBody: unused },
});
const translatable = (id: string): WireFormat => ({
  ...passable(id),
  client: { encodeError: unused, encodeStreamError: unused, translation: clientTranslation },
  upstream: { framing: 'sse', decodeError: unused, translation: upstreamTranslation },
});

describe('planExchange', () => {
  const chat = translatable('chat');
  const messages = translatable('messages');
  const raw = passable('raw');
  const registry = new FormatRegistry([chat, messages, raw]);

  it('passes through what the vendor speaks, wherever it stands in its list', () => {
    const plan = planExchange({ client: chat, upstreamFormats: ['messages', 'chat'], registry });

    expect(plan).toEqual({ tier: 'pass-through', format: chat });
  });

  it('translates into the first format that can be translated', () => {
    const plan = planExchange({ client: chat, upstreamFormats: ['unheard-of', 'raw', 'messages'], registry });

    expect(plan).toEqual({ tier: 'translate', client: chat, upstream: messages });
  });

  it.each([
    ['a client format without translation', raw, ['messages']],
    ['a vendor whose formats cannot be translated', chat, ['raw']],
    ['a vendor whose formats nobody brought', chat, ['unheard-of']],
    ['a vendor without formats', chat, []],
  ])('finds no way for %s', (_, client, upstreamFormats) => {
    expect(planExchange({ client, upstreamFormats, registry })).toBeUndefined();
  });

  describe('for a client that asks for embeddings', () => {
    const client: WireFormat = {
      ...passable('asks'),
      client: {
        encodeError: unused,
        encodeStreamError: unused,
        embeddings: { decodeRequest: unused, encodeResponse: unused },
      },
    };
    const upstream: WireFormat = {
      ...passable('embeds'),
      upstream: { framing: 'sse', decodeError: unused, embeddings: { encodeRequest: unused, decodeResponse: unused } },
    };
    const formats = new FormatRegistry([client, upstream, chat, raw]);

    it('takes the first of the vendor’s formats that gives them', () => {
      const plan = planExchange({ client, upstreamFormats: ['chat', 'raw', 'embeds'], registry: formats });

      expect(plan).toEqual({ tier: 'embed', client, upstream });
    });

    it('passes through what the vendor speaks', () => {
      const plan = planExchange({ client, upstreamFormats: ['embeds', 'asks'], registry: formats });

      expect(plan).toEqual({ tier: 'pass-through', format: client });
    });

    it.each([
      ['a vendor that gives none', client, ['chat', 'raw']],
      ['a client that converses', chat, ['embeds']],
    ])('finds no way for %s', (_, asking, upstreamFormats) => {
      expect(planExchange({ client: asking, upstreamFormats, registry: formats })).toBeUndefined();
    });
  });

  it('does not pass through a format that no vendor can speak to us', () => {
    const clientOnly: WireFormat = { id: 'c', displayName: 'c', envelope: raw.envelope, client: chat.client! };

    expect(planExchange({ client: clientOnly, upstreamFormats: ['c'], registry })).toBeUndefined();
  });
});
