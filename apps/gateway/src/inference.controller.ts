import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { GatewayError } from '@sluice/core';
import { HttpSurface } from './http-surface.js';
import { formatOfPath } from './route-format.js';

/** The inference routes. Bodies are not parsed here: the pipeline reads the raw bytes. */
@Controller()
export class InferenceController {
  constructor(@Inject(HttpSurface) private readonly surface: HttpSurface) {}

  @Post('v1/chat/completions')
  chatCompletions(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.infer('openai-chat', request, response);
  }

  @Post('v1/messages')
  messages(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.infer('anthropic-messages', request, response);
  }

  /** Any other method; browsers' preflights have been answered before. */
  @All(['v1/chat/completions', 'v1/messages'])
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    response.setHeader('allow', 'POST, OPTIONS');
    const message = `${path} takes POST, not ${request.method ?? 'this method'}.`;
    const error = new GatewayError({ kind: 'method_not_allowed', message });
    this.surface.sendError(formatOfPath(path), request, response, error);
  }
}
