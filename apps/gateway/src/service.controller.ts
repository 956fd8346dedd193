import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';
import { Readiness } from './readiness.js';
import { VERSION } from './version.js';

/** What operators and load balancers ask. None of these needs a key, none of them tells a secret. */
@Controller()
export class ServiceController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  @Get()
  root(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.sendJson(request, response, 200, {
      name: 'Sluice',
      version: VERSION,
      description: 'LLM gateway',
      endpoints: {
        'POST /v1/chat/completions': 'OpenAI Chat Completions',
        'POST /v1/messages': 'Anthropic Messages',
        'GET /v1/models': 'the models that your key can use',
        'GET /health': 'alive',
        'GET /ready': 'ready for traffic',
        'GET /metrics': 'Prometheus metrics',
      },
    });
  }

  @Get('health')
  health(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.sendJson(request, response, 200, { status: 'ok', version: VERSION });
  }

  @Get('ready')
  ready(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    const missing = this.readiness.missing();
    const isReady = missing.length === 0;
    this.surface.sendJson(
      request,
      response,
      isReady ? 200 : 503,
      isReady ? { status: 'ready' } : { status: 'not ready', missing },
    );
  }
}
