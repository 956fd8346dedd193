import 'reflect-metadata';
import { Agent, createServer, IncomingMessage, request as httpRequest, type Server } from 'node:http';
import { connect, Socket, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { jest } from '@jest/globals';
import type { GatewayError } from '@sluice/core';
import express, { type Request, type Response } from 'express';
import fc from 'fast-check';
import supertest from 'supertest';
import { readRawBody } from './read-raw-body.js';

const LIMITS = { maxBytes: 1000, timeoutMs: 5000 };

/** A request without a wire: its body is what the test pushes. */
function scripted(headers: Record<string, string> = {}): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

describe('readRawBody', () => {
  describe('an unread stream', () => {
    it('hands on a body of one chunk without copying it', async () => {
      const request = scripted();
      const chunk = Buffer.from('{"model":"demo"}');

      request.push(chunk);
      request.push(null);

      expect(await readRawBody(request, LIMITS)).toBe(chunk);
    });

    it('is empty where there is no body', async () => {
      const request = scripted();
      request.push(null);

      expect(await readRawBody(request, LIMITS)).toHaveLength(0);
    });

    it('gives the same bytes however they are cut', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 15 }),
          async (pieces) => {
            const request = scripted();
            const body = readRawBody(request, LIMITS);

            for (const piece of pieces) request.push(Buffer.from(piece));
            request.push(null);

            expect([...(await body)]).toEqual(pieces.flatMap((piece) => [...piece]));
          },
        ),
      );
    });

    it('decodes a compressed body', async () => {
      const request = scripted({ 'content-encoding': 'gzip' });
      request.push(gzipSync('{"model":"demo"}'));
      request.push(null);

      expect((await readRawBody(request, LIMITS)).toString()).toBe('{"model":"demo"}');
    });

    it('leaves no listener and no timer behind', async () => {
      const request = scripted();
      const before = request.eventNames();
      request.push('x');
      request.push(null);

      await readRawBody(request, LIMITS);

      expect(request.eventNames()).toEqual(before);
    });
  });

  describe('limits', () => {
    it('accepts a body of exactly the limit', async () => {
      const request = scripted({ 'content-length': '1000' });
      request.push(Buffer.alloc(1000));
      request.push(null);

      expect(await readRawBody(request, LIMITS)).toHaveLength(1000);
    });

    it('refuses a declared length over the limit before anything has arrived', async () => {
      const request = scripted({ 'content-length': '1001' });

      await expect(readRawBody(request, LIMITS)).rejects.toMatchObject({
        kind: 'request_too_large',
        status: 413,
        message: 'The request body is larger than 1000 bytes; send less, for example fewer or smaller attachments.',
      });
    });

    it('spells a limit of whole mebibytes as such', async () => {
      const request = scripted({ 'content-length': '99999999' });

      await expect(readRawBody(request, { maxBytes: 32 * 1024 * 1024, timeoutMs: 1 })).rejects.toMatchObject({
        message: expect.stringContaining('larger than 32 MiB') as string,
      });
    });

    it('refuses a body of undeclared length as soon as it passes the limit', async () => {
      const request = scripted();
      const body = readRawBody(request, LIMITS);

      request.push(Buffer.alloc(600));
      request.push(Buffer.alloc(600)); // no end: the refusal does not wait for it

      await expect(body).rejects.toMatchObject({ kind: 'request_too_large' });
    });

    it('limits the decoded size too', async () => {
      const request = scripted({ 'content-encoding': 'gzip' });
      request.push(gzipSync(Buffer.alloc(1001)));
      request.push(null);

      await expect(readRawBody(request, LIMITS)).rejects.toMatchObject({ kind: 'request_too_large' });
    });

    it('refuses an unknown content-encoding before anything has arrived', async () => {
      const request = scripted({ 'content-encoding': 'compress' });

      await expect(readRawBody(request, LIMITS)).rejects.toMatchObject({ kind: 'unsupported_media_type', status: 415 });
    });

    it('gives up on a body that does not end in time', async () => {
      jest.useFakeTimers({ doNotFake: ['nextTick'] });
      const request = scripted();
      const body = readRawBody(request, LIMITS);
      request.push('{');

      jest.advanceTimersByTime(LIMITS.timeoutMs);
      jest.useRealTimers();

      await expect(body).rejects.toMatchObject({
        kind: 'request_timeout',
        status: 408,
        message: 'The request body did not arrive within 5 s; send the request again.',
      });
    });
  });

  describe('a client that goes away', () => {
    it('is told apart', async () => {
      const request = scripted({ 'content-length': '500' });
      const body = readRawBody(request, LIMITS);
      request.push('{');

      request.destroy();

      await expect(body).rejects.toMatchObject({ kind: 'client_closed', status: 499 });
    });

    it('may have gone before', async () => {
      const request = scripted({ 'content-length': '500' });
      request.destroy();

      await expect(readRawBody(request, LIMITS)).rejects.toMatchObject({ kind: 'client_closed' });
    });
  });

  describe('on a real socket', () => {
    let server: Server;
    let outcome: Promise<Buffer>;

    beforeEach(async () => {
      outcome = new Promise((resolve, reject) => {
        server = createServer((request, response) => {
          const body = readRawBody(request, LIMITS);
          body.then(resolve, reject);
          body.then(
            (bytes) => response.end(String(bytes.length)),
            (error: GatewayError) => response.writeHead(error.status).end(error.kind),
          );
        }).listen(0, '127.0.0.1');
      });
      outcome.catch(() => undefined); // looked at by one test only
      await new Promise((resolve) => server.once('listening', resolve));
    });

    afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

    it('answers a client that sends far too much, although it reads only after sending everything', async () => {
      const agent = new Agent({ keepAlive: true });
      const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const { port } = server.address() as AddressInfo;
        const client = httpRequest({ host: '127.0.0.1', port, method: 'POST', agent });
        client.on('error', reject);
        client.on('response', (response) => {
          response.on('data', (chunk: Buffer) => resolve({ status: response.statusCode, text: chunk.toString() }));
        });
        client.end(Buffer.alloc(8_000_000));
      });
      agent.destroy();

      expect(answer).toEqual({ status: 413, text: 'request_too_large' });
    });

    it('sees a client that cuts the connection in the middle of its body', async () => {
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      client.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"half":');
      server.once('request', () => client.destroy());

      await expect(outcome).rejects.toMatchObject({ kind: 'client_closed' });
    });
  });

  describe('behind a host application', () => {
    @Controller()
    class BodyController {
      @Post('body')
      async body(@Req() request: Request, @Res() response: Response): Promise<void> {
        await readRawBody(request, LIMITS).then(
          (body) => response.send(body.toString()),
          (error: GatewayError) => response.status(error.status).send(`${error.kind}: ${String(error.cause)}`),
        );
      }
    }
    @Module({ controllers: [BodyController] })
    class BodyModule {}

    async function post(
      options: object,
      body: string,
      contentType = 'application/json',
    ): Promise<{ status: number; text: string }> {
      const application = await NestFactory.create(BodyModule, { logger: false, ...options });
      await application.init();
      const answer = await supertest(application.getHttpServer() as Server)
        .post('/body')
        .set('content-type', contentType)
        .send(body);
      await application.close();
      return { status: answer.status, text: answer.text };
    }

    it('reads every byte as it was sent with { bodyParser: false }', async () => {
      expect(await post({ bodyParser: false }, '{"a":1.0}')).toEqual({ status: 201, text: '{"a":1.0}' });
    });

    it('takes what { rawBody: true } left', async () => {
      expect(await post({ rawBody: true }, '{"a":1.0}')).toEqual({ status: 201, text: '{"a":1.0}' });
    });

    it('limits what { rawBody: true } left', async () => {
      expect(await post({ rawBody: true }, JSON.stringify({ a: 'x'.repeat(2000) }))).toMatchObject({ status: 413 });
    });

    it('reads a body that the host parser did not want', async () => {
      expect(await post({}, 'plain', 'text/plain')).toEqual({ status: 201, text: 'plain' });
    });

    it('fails loudly where the host has parsed the body, naming the option', async () => {
      const { status, text } = await post({}, '{"a":1.0}');

      expect(status).toBe(500);
      expect(text).toContain('internal_error');
      expect(text).toContain('{ bodyParser: false }');
    });

    it('fails loudly behind plain Express with a parser', async () => {
      const host = express();
      host.use(express.json());
      host.post('/body', (request, response) => {
        readRawBody(request, LIMITS).then(
          () => response.send('read'),
          (error: GatewayError) => response.status(error.status).send(error.message),
        );
      });

      const answer = await supertest(host).post('/body').send({ a: 1 });

      expect(answer.status).toBe(500);
      expect(answer.text).toContain('mounted behind a body parser');
    });
  });
});
