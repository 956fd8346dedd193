import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { GatewayMetrics } from '@sluice/telemetry';
import { HttpSurface } from './http-surface.js';
import { MetricsAccess } from './metrics-access.js';

/** Prometheus text: for this machine, for holders of a key, or for everybody when `metrics.public` says so. */
@Controller()
export class MetricsController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(MetricsAccess) private readonly access: MetricsAccess,
    @Inject(GatewayMetrics) private readonly metrics: GatewayMetrics,
  ) {}

  @Get('metrics')
  async render(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    await this.surface.answerText('openai-chat', request, response, this.metrics.contentType, async () => {
      await this.access.check(request);
      return this.metrics.render();
    });
  }
}
