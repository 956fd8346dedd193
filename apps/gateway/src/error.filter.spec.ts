import type { ServerResponse } from 'node:http';
import {
  BadRequestException,
  InternalServerErrorException,
  NotFoundException,
  type ArgumentsHost,
} from '@nestjs/common';
import { GatewayError, Logger, type LogFields } from '@sluice/core';
import { incomingMessage } from './__fixtures__/incoming-message.js';
import { ErrorFilter } from './error.filter.js';
import type { HttpSurface } from './http-surface.js';

/** What the surface was told to send. */
interface Sent {
  readonly format: string;
  readonly error: GatewayError;
}

class NotingLogger extends Logger {
  readonly errors: (LogFields | undefined)[] = [];

  debug(): void {}
  info(): void {}
  warn(): void {}

  error(_message: string, fields?: LogFields): void {
    this.errors.push(fields);
  }
}

function caught(exception: unknown, url = '/v1/nowhere?key=secret', headersSent = false) {
  const sent: Sent[] = [];
  const logger = new NotingLogger();
  let isDestroyed = false;
  const surface = {
    sendError: (format: string, _request: unknown, _response: unknown, error: GatewayError) =>
      void sent.push({ format, error }),
  } as unknown as HttpSurface;
  const response = { headersSent, destroy: () => (isDestroyed = true) } as unknown as ServerResponse;
  const http = {
    getRequest: () => incomingMessage('127.0.0.1', {}, { method: 'GET', url }),
    getResponse: () => response,
  };
  new ErrorFilter(surface, logger).catch(exception, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { sent, logger, isDestroyed };
}

describe('ErrorFilter', () => {
  it('says which route there is not, without the query', () => {
    const { sent } = caught(new NotFoundException());

    expect(sent).toMatchObject([
      {
        format: 'openai-chat',
        error: { kind: 'not_found', message: 'There is no route GET /v1/nowhere. GET / lists the routes.' },
      },
    ]);
  });

  it('speaks the format of the path', () => {
    expect(caught(new NotFoundException(), '/v1/messages/x?y').sent).toMatchObject([{ format: 'anthropic-messages' }]);
  });

  it('does not repeat a path without end', () => {
    const [answer] = caught(new NotFoundException(), `/${'x'.repeat(10_000)}`).sent;

    expect(answer?.error.message.length).toBeLessThan(300);
  });

  it('hands on what is an error of ours already', () => {
    const error = new GatewayError({ kind: 'rate_limited', message: 'slow' });

    expect(caught(error).sent).toMatchObject([{ error }]);
  });

  it('calls what the framework could not read an invalid request', () => {
    expect(caught(new BadRequestException('detail')).sent).toMatchObject([
      { error: { kind: 'invalid_request', message: 'The request could not be read.' } },
    ]);
  });

  it.each([
    new TypeError('secret detail'),
    new InternalServerErrorException('secret detail'),
    'secret detail',
    undefined,
  ])('tells nothing of a defect, and logs it', (exception) => {
    const { sent, logger } = caught(exception);

    expect(sent).toMatchObject([{ error: { kind: 'internal_error' } }]);
    expect(sent[0]?.error.message).not.toContain('secret detail');
    expect(logger.errors).toEqual([{ method: 'GET', path: '/v1/nowhere', error: exception }]);
  });

  it('breaks the connection of an answer that has begun', () => {
    const { sent, isDestroyed } = caught(new TypeError('late'), '/v1/x', true);

    expect(sent).toEqual([]);
    expect(isDestroyed).toBe(true);
  });
});
