import type { CanonicalRequest, ContentBlock } from '@sluice/core';
import { FetchError } from '@sluice/provider-kit';
import { Cancellation } from '@sluice/streaming';
import { FakeClock } from '@sluice/testing';
import { NotingLogger } from './__fixtures__/observers.js';
import { InlineMedia, MAX_FETCHED_MEDIA } from './inline-media.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1');
const SETTINGS = { maxBytes: 100, timeoutMs: 100, allowHttp: false, hosts: undefined, privateHosts: [] };

const image = (url: string): ContentBlock => ({ type: 'image', source: { kind: 'url', value: url } });
const inlined: ContentBlock = {
  type: 'image',
  mediaType: 'image/png',
  source: { kind: 'base64', value: PNG.toString('base64') },
};
const requestOf = (...content: ContentBlock[]): CanonicalRequest => ({
  model: 'm',
  stream: false,
  messages: [{ role: 'user', content }],
  tools: [],
  sampling: {},
});

function worldOf(answer: (url: string) => Buffer | Promise<Buffer> = () => PNG) {
  const asked: string[] = [];
  const clock = new FakeClock();
  const logger = new NotingLogger();
  const fetcher = {
    fetch: (url: string) => {
      asked.push(url);
      return Promise.resolve().then(async () => ({ bytes: await answer(url), contentType: 'image/png' }));
    },
  };
  const media = new InlineMedia({ fetcher, clock, logger });
  const inline = async (request: CanonicalRequest, settings: typeof SETTINGS | undefined = SETTINGS) =>
    media.inline(request, {
      translation: { needsBytes: ({ type }) => type === 'image' },
      settings,
      cancellation: new Cancellation(),
      requestId: 'r',
    });
  const contentOf = async (request: CanonicalRequest) => (await inline(request)).messages[0]?.content;
  return { asked, clock, contentOf, inline, logger, media };
}

describe('InlineMedia', () => {
  it('puts the bytes in the place of the address, wherever it stands, and fetches each address once', async () => {
    const { asked, contentOf } = worldOf();
    const result: ContentBlock = { type: 'tool-result', callId: 'c', content: [image('https://a/1')] };

    expect(await contentOf(requestOf(image('https://a/1'), result, { type: 'text', text: 'x' }))).toEqual([
      inlined,
      { ...result, content: [inlined] },
      { type: 'text', text: 'x' },
    ]);
    expect(asked).toEqual(['https://a/1']);
  });

  it.each<[string, CanonicalRequest]>([
    ['has no media', requestOf({ type: 'text', text: 'x' })],
    ['has bytes', requestOf(inlined)],
    ['has a file of the vendor', requestOf({ type: 'image', source: { kind: 'file-id', value: 'f' } })],
    [
      'has what the vendor reads itself',
      requestOf({ type: 'document', source: { kind: 'url', value: 'https://a/1' } }),
    ],
  ])('leaves a request alone that %s', async (_what, request) => {
    const { asked, inline } = worldOf();

    expect(await inline(request)).toBe(request);
    expect(asked).toEqual([]);
  });

  it('fetches nothing where that is switched off, or the vendor reads addresses', () => {
    const { asked, media } = worldOf();
    const request = requestOf(image('https://a/1'));
    const options = { cancellation: new Cancellation(), requestId: 'r' };

    expect(media.inline(request, { ...options, translation: { needsBytes: () => true }, settings: undefined })).toBe(
      request,
    );
    expect(media.inline(request, { ...options, translation: {}, settings: SETTINGS })).toBe(request);
    expect(asked).toEqual([]);
  });

  it('leaves the address where it cannot be fetched, and tells the operator the host and why', async () => {
    const { contentOf, logger } = worldOf((url) => {
      if (url.endsWith('bad')) throw new FetchError('refused', 'the host is not on the public internet');
      return PNG;
    });

    expect(
      await contentOf(requestOf(image('https://a/bad?secret=1'), image('https://a/bad'), image('https://a/1'))),
    ).toEqual([inlined, image('https://a/bad'), inlined]);
    expect(logger.infos).toEqual([
      { requestId: 'r', host: 'a', flaw: 'refused', message: 'the host is not on the public internet' },
    ]);
  });

  it('leaves the address where something else than an image is behind it', async () => {
    const { contentOf, logger } = worldOf(() => Buffer.from('<html>'));

    expect(await contentOf(requestOf(image('https://a/1')))).toEqual([image('https://a/1')]);
    expect(logger.infos).toEqual([{ requestId: 'r', host: 'a', contentType: 'image/png' }]);
  });

  it('does not take a defect for an address that cannot be fetched', async () => {
    const { inline } = worldOf(() => {
      throw new TypeError('a defect');
    });

    await expect(inline(requestOf(image('https://a/1')))).rejects.toThrow('a defect');
  });

  it('fetches a bounded number for one request', async () => {
    const { asked, contentOf } = worldOf();
    const many = Array.from({ length: MAX_FETCHED_MEDIA + 2 }, (_, index) => image(`https://a/${index}`));

    expect((await contentOf(requestOf(...many)))?.slice(-3)).toEqual([
      inlined,
      image('https://a/20'),
      image('https://a/21'),
    ]);
    expect(asked).toHaveLength(20);
  });

  it('fetches a few at a time, and nothing more when there is enough', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(16_777_216 - PNG.length)]);
    let running = 0;
    let most = 0;
    const { asked, inline } = worldOf(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return large;
    });

    await inline(requestOf(...Array.from({ length: 12 }, (_, index) => image(`https://a/${index}`))));

    expect(most).toBe(4);
    expect(asked).toHaveLength(4);
  });

  it('takes a bounded amount for one request', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(20_000_000)]);
    const { contentOf } = worldOf(() => large);
    const [first, second] = (await contentOf(requestOf(image('https://a/1'), image('https://a/2')))) ?? [];

    expect(first).toMatchObject({ source: { kind: 'base64' } });
    expect(second).toEqual(image('https://a/2'));
  });

  it('remembers what it fetched for the next turn, for a while', async () => {
    const { asked, clock, inline } = worldOf();
    await inline(requestOf(image('https://a/1')));
    await inline(requestOf(image('https://a/1')));
    clock.advance(300_000);
    await inline(requestOf(image('https://a/1')));

    expect(asked).toHaveLength(2);
  });

  it('asks again when the settings have changed, which may allow the host no more', async () => {
    const { asked, inline } = worldOf();
    await inline(requestOf(image('https://a/1')));
    await inline(requestOf(image('https://a/1')), { ...SETTINGS });

    expect(asked).toEqual(['https://a/1', 'https://a/1']);
  });
});
