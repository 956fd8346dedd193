import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';
import { INFERENCE_ROUTES } from './inference-routes.js';
import { Readiness } from './readiness.js';
import { ConfigurationReloader } from './reload/configuration-reloader.js';
import { describeReloadError } from './reload/describe-reload-error.js';
import { VERSION } from './version.js';

/** What operators and load balancers ask. None of these needs a key, none of them tells a secret. */
@Controller()
export class ServiceController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(ConfigurationReloader) private readonly reloader: ConfigurationReloader,
  ) {}

  @Get()
  root(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.sendJson(request, response, 200, {
      name: 'Sluice',
      version: VERSION,
      description: 'LLM gateway',
      endpoints: {
        ...Object.fromEntries(INFERENCE_ROUTES.map(({ path, description }) => [`POST /${path}`, description])),
        'POST /v1/messages/count_tokens': 'Anthropic token counting',
        'POST /cc/v1/messages': 'Anthropic Messages; a stream is sent when it is whole, with its exact input tokens',
        'POST /cc/v1/messages/count_tokens': 'the same as under /v1',
        'POST /v1beta/models/{model}:{method}': 'Google Gemini',
        'GET /v1/models': 'the models that your key can use',
        'GET /v1beta/models': 'the same for clients of Gemini',
        '/v1/*, /v1beta/*': "everything else, passed on to an account that serves the vendor's API",
        'GET /health': 'alive',
        'GET /ready': 'ready for traffic',
        'GET /metrics': 'Prometheus metrics',
        'GET /sluice/accounts': 'how the accounts do now, for the same keys',
        'GET /sluice/explain?model={model}': 'where a request would go now, for keys with the scope diagnostics',
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
    this.surface.sendJson(request, response, isReady ? 200 : 503, {
      ...(isReady ? { status: 'ready' } : { status: 'not ready', missing }),
      ...describeReloadError(this.reloader.lastReport),
    });
  }
}
