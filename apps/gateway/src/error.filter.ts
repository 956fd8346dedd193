import type { IncomingMessage, ServerResponse } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GatewayError, type Logger } from '@sluice/core';
import type { HttpSurface } from './http-surface.js';
import { formatOfRequest } from './route-format.js';

/** Whatever no route answered is answered in the words of the client format that the path belongs to. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly surface: HttpSurface,
    private readonly logger: Logger,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<IncomingMessage>();
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const error = this.#toGatewayError(exception, request.method ?? 'GET', path);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    this.surface.sendError(formatOfRequest(path, request.headers), request, response, error);
  }

  #toGatewayError(exception: unknown, method: string, path: string): GatewayError {
    if (exception instanceof GatewayError) return exception;
    if (exception instanceof HttpException && exception.getStatus() === 404) {
      return new GatewayError({
        kind: 'not_found',
        message: `There is no route ${method} ${path.slice(0, 200)}. GET / lists the routes.`,
      });
    }
    if (exception instanceof HttpException && exception.getStatus() < 500) {
      return new GatewayError({ kind: 'invalid_request', message: 'The request could not be read.' });
    }
    this.logger.error('a route failed', { method, path, error: exception });
    return new GatewayError({ kind: 'internal_error', message: 'The gateway failed while it handled this request.' });
  }
}
