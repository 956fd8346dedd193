import 'reflect-metadata';
import { Agent, get, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, Req, Res, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Request, type Response } from 'express';
import supertest from 'supertest';
import { WebSocket, WebSocketServer } from 'ws';
import { StablePrototypeExpressAdapter } from './stable-prototype-express.adapter.js';

/** Marks the wire's own objects, so that a handler can compare. */
interface Birth {
  bornRequest?: unknown;
  bornResponse?: unknown;
}

@Controller()
class ProbeController {
  @Get('probe')
  probe(@Req() request: Request & Birth, @Res() response: Response): void {
    response.json({
      requestUnchanged: Object.getPrototypeOf(request) === request.bornRequest,
      responseUnchanged: Object.getPrototypeOf(response) === request.bornResponse,
      query: request.query,
      host: request.get('host') !== undefined,
      ip: request.ip,
      hasApplication: typeof request.app === 'function' && request.app === response.app,
    });
  }

  @Get('hang')
  hang(@Res() response: Response): void {
    response.write('begun');
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

/** A key that both ends know: TLS without a certificate. */
const PRE_SHARED_KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const PSK_SUITE = { ciphers: 'PSK-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' } as const;

/** TLS options that the type of `https.get` does not list. */
const PSK_CLIENT: object = {
  pskCallback: () => ({ psk: PRE_SHARED_KEY, identity: 'test' }),
  checkServerIdentity: () => undefined,
  ...PSK_SUITE,
};

const applications: NestExpressApplication[] = [];

async function create(options: NestApplicationOptions = {}): Promise<NestExpressApplication> {
  const application = await NestFactory.create<NestExpressApplication>(
    ProbeModule,
    new StablePrototypeExpressAdapter(),
    { bodyParser: false, logger: false, ...options },
  );
  applications.push(application);
  return application;
}

function recordBirths(application: NestExpressApplication): Server {
  const server = application.getHttpServer() as Server;
  server.prependListener('request', (request: IncomingMessage & Birth, response: object) => {
    request.bornRequest = Object.getPrototypeOf(request);
    request.bornResponse = Object.getPrototypeOf(response);
  });
  return server;
}

function portOf(application: NestExpressApplication): number {
  return ((application.getHttpServer() as Server).address() as AddressInfo).port;
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}

afterEach(async () => {
  await Promise.all(applications.splice(0).map((application) => application.close()));
});

describe('StablePrototypeExpressAdapter', () => {
  describe('prototypes', () => {
    it('are the same before Express and in a controller', async () => {
      const application = await create();
      const server = recordBirths(application);
      await application.init();

      const { body } = await supertest(server).get('/probe?a=1');

      expect(body).toMatchObject({ requestUnchanged: true, responseUnchanged: true });
    });

    it('change on a plain Express, which is what this test would then show', async () => {
      const plain = express();
      plain.get('/probe', (request: Request & Birth, response) => {
        response.json(Object.getPrototypeOf(request) === request.bornRequest);
      });
      const server = plain.listen(0, '127.0.0.1');
      server.prependListener('request', (request: IncomingMessage & Birth) => {
        request.bornRequest = Object.getPrototypeOf(request);
      });

      const { body } = await supertest(server).get('/probe');
      server.close();

      expect(body).toBe(false);
    });

    it("carry Express's own members", async () => {
      const application = await create();
      await application.init();

      const { body } = await supertest(application.getHttpServer() as Server).get('/probe?a=1');

      expect(body).toMatchObject({
        query: { a: '1' },
        host: true,
        hasApplication: true,
        ip: expect.stringContaining('127.0.0.1') as string,
      });
    });

    it('stay in a middleware of the application', async () => {
      const application = await create();
      const server = recordBirths(application);
      application.use('/seen', (request: Request & Birth, response: Response) => {
        response.json(Object.getPrototypeOf(request) === request.bornRequest);
      });
      await application.init();

      const { body } = await supertest(server).get('/seen');

      expect(body).toBe(true);
    });

    it('are given back by a mounted application when it passes the request on', async () => {
      const application = await create();
      const server = recordBirths(application);
      const mounted = express();
      mounted.get(
        '/own',
        (request, response) => void response.json({ base: request.baseUrl, own: request.app === mounted }),
      );
      application.use('/mounted', mounted);
      application.use('/mounted/next', (request: Request & Birth, response: Response) => {
        response.json(Object.getPrototypeOf(request) === request.bornRequest);
      });
      await application.init();

      const own = await supertest(server).get('/mounted/own');
      const next = await supertest(server).get('/mounted/next');

      expect(own.body).toEqual({ base: '/mounted', own: true });
      expect(next.body).toBe(true);
    });
  });

  describe('the rest of the adapter', () => {
    it("answers an unknown route with Nest's 404", async () => {
      const application = await create();
      await application.init();

      const answer = await supertest(application.getHttpServer() as Server).get('/nowhere');

      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ statusCode: 404 });
    });

    it('works in a testing module', async () => {
      const module = await Test.createTestingModule({ imports: [ProbeModule] }).compile();
      const application = module.createNestApplication<NestExpressApplication>(new StablePrototypeExpressAdapter());
      applications.push(application);
      const server = recordBirths(application);
      await application.init();

      const { body } = await supertest(server).get('/probe');

      expect(body).toMatchObject({ requestUnchanged: true, responseUnchanged: true });
    });

    it('serves https with the same prototypes', async () => {
      const application = await create({
        httpsOptions: { pskCallback: () => PRE_SHARED_KEY, ...PSK_SUITE } as NestApplicationOptions['httpsOptions'] &
          object,
      });
      recordBirths(application);
      await application.listen(0, '127.0.0.1');

      const message = await new Promise<IncomingMessage>((resolve, reject) => {
        https
          .get({ host: '127.0.0.1', port: portOf(application), path: '/probe', agent: false, ...PSK_CLIENT }, resolve)
          .on('error', reject);
      });

      expect(JSON.parse(await textOf(message))).toMatchObject({ requestUnchanged: true, responseUnchanged: true });
    });

    it('hands upgrades to a WebSocket server', async () => {
      const application = await create();
      await application.listen(0, '127.0.0.1');
      const sockets = new WebSocketServer({ server: application.getHttpServer() as Server, path: '/socket' });
      sockets.on('connection', (socket) => socket.send('hello'));

      const greeting = await new Promise<string>((resolve, reject) => {
        const client = new WebSocket(`ws://127.0.0.1:${portOf(application)}/socket`);
        client.on('error', reject);
        client.on('message', (data: Buffer) => {
          resolve(data.toString());
          client.terminate();
        });
      });
      sockets.close();

      expect(greeting).toBe('hello');
    });

    it('cuts open connections on close with forceCloseConnections', async () => {
      const application = await create({ forceCloseConnections: true });
      await application.listen(0, '127.0.0.1');
      const begun = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: '127.0.0.1', port: portOf(application), path: '/hang', agent: false }, resolve).on('error', reject);
      });
      const cut = new Promise<Error>((resolve) => begun.on('error', resolve));
      begun.resume();

      await application.close();

      expect(await cut).toMatchObject({ code: 'ECONNRESET' });
    });

    it('answers 503 while closing with return503OnClosing', async () => {
      const application = await create({ return503OnClosing: true });
      await application.listen(0, '127.0.0.1');
      const agent = new Agent({ keepAlive: true });
      const options = { host: '127.0.0.1', port: portOf(application), agent };
      const hanging = await new Promise<IncomingMessage>((resolve) => get({ ...options, path: '/hang' }, resolve));
      const second = httpRequest({ ...options, path: '/probe' });
      await new Promise<void>((resolve) => second.once('socket', (socket) => socket.once('connect', () => resolve())));

      const closing = application.close();
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        second.on('response', resolve).on('error', reject).end();
      });

      expect(answer.statusCode).toBe(503);
      answer.resume();
      hanging.on('error', () => undefined).destroy();
      agent.destroy();
      await closing;
    });
  });
});
