import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { accountsOfAll, VENDOR_MODELS, type VendorFormat } from './vendors.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n');

describe('images and documents by address', () => {
  let test: TestGateway;
  let server: Server;
  let asked: string[];
  let origin: string;
  beforeAll(async () => {
    test = await startTestGateway();
    server = createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url.endsWith('.html')) response.setHeader('content-type', 'text/html').end('<html>');
      else response.setHeader('content-type', 'binary/octet-stream').end(url.endsWith('.pdf') ? PDF : PNG);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterEach(() => test.checkAfterTest());
  afterAll(async () => {
    server.close();
    await test.stop();
  });

  const configure = (fetchMedia: JsonObject, account: JsonObject = {}) =>
    test.configure({
      accounts: accountsOfAll(test.vendor.url).map((declared) => ({ ...declared, ...account })),
      upstream: { fetchMedia },
    });
  const NAMED = { allowHttp: true, privateHosts: ['127.0.0.1'] };

  const ask = (vendor: VendorFormat, block: JsonObject) =>
    sendRaw(`${test.url}/v1/messages`, {
      headers: { 'content-type': 'application/json', 'x-api-key': CLIENT_KEY },
      body: {
        model: VENDOR_MODELS[vendor],
        max_tokens: 10,
        messages: [{ role: 'user', content: [block, { type: 'text', text: 'What is it?' }] }],
      },
    });
  const image = (path: string) => ({ type: 'image', source: { type: 'url', url: `${origin}${path}` } });
  const document = (path: string) => ({ type: 'document', source: { type: 'url', url: `${origin}${path}` } });
  const lastBody = (): string => test.vendor.requests.at(-1)?.body.toString() ?? '';

  it.each<[vendor: VendorFormat, block: (path: string) => JsonObject, path: string, bytes: Buffer]>([
    ['kiro', image, '/kiro.png', PNG],
    ['bedrock-converse', image, '/bedrock.png', PNG],
    ['bedrock-converse', document, '/bedrock.pdf', PDF],
    ['openai-chat', document, '/chat.pdf', PDF],
  ])('reach %s as bytes (%p %s)', async (vendor, block, path, bytes) => {
    await configure(NAMED);
    const reply = await ask(vendor, block(path));

    expect(reply.status).toBe(200);
    expect(lastBody()).toContain(bytes.toString('base64'));
    expect(lastBody()).not.toContain(origin);
    expect(asked).toEqual([path]);
  });

  it.each<VendorFormat>(['openai-chat', 'openai-responses', 'gemini', 'anthropic-messages'])(
    'reach %s, which reads addresses, as an address',
    async (vendor) => {
      await configure(NAMED);
      const reply = await ask(vendor, image('/a.png'));

      expect(reply.status).toBe(200);
      expect(lastBody()).toContain(`${origin}/a.png`);
      expect(asked).toEqual([]);
    },
  );

  it.each<[what: string, fetchMedia: JsonObject, path: string, connects: boolean]>([
    ['a private host', { allowHttp: true }, '/private.png', false],
    ['plain http', { privateHosts: ['127.0.0.1'] }, '/http.png', false],
    ['anything, where that is switched off', { ...NAMED, enabled: false }, '/off.png', false],
    ['what is no image', NAMED, '/page.html', true],
    ['what is too large', { ...NAMED, maxBytes: 1_024 }, '/large.png', true],
  ])('are told in words, with a warning: %s', async (what, fetchMedia, path, connects) => {
    await configure(fetchMedia);
    const isLarge = what === 'what is too large';
    if (isLarge)
      server.prependOnceListener('request', (_request, response) => void response.setHeader('content-length', '5000'));
    const reply = await ask('bedrock-converse', image(path));

    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({ 'x-sluice-warnings': '1' });
    expect(lastBody()).not.toContain(PNG.toString('base64'));
    expect(asked).toEqual(connects ? [path] : []);
    expect(reply.text).not.toMatch(/public internet|unreachable/);
  });

  it('are not fetched past the proxy of an account', async () => {
    await configure(NAMED, { proxyUrl: 'http://127.0.0.1:9' });
    await ask('kiro', image('/proxied.png'));

    expect(asked).toEqual([]);
  });

  it('are fetched once for a conversation', async () => {
    await configure(NAMED);
    await ask('kiro', image('/again.png'));
    await ask('bedrock-converse', image('/again.png'));

    expect(asked).toEqual(['/again.png']);
  });
});
