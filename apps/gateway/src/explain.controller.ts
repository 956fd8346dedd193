import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ExplainAccess } from './explain-access.js';
import { HttpSurface } from './http-surface.js';
import { queryOf } from './request-target.js';
import { RouteExplainer } from './route-explainer.js';

const PATH = 'sluice/explain';

/** Where a request would go, for operators. */
@Controller()
export class ExplainController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(ExplainAccess) private readonly access: ExplainAccess,
    @Inject(RouteExplainer) private readonly explainer: RouteExplainer,
  ) {}

  @Get(PATH)
  explain(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.answer('openai-chat', request, response, async () => {
      const principal = await this.access.check(request);
      const query = new URLSearchParams(queryOf(request));
      return this.explainer.explain({ principal, model: query.get('model'), format: query.get('format') });
    });
  }

  @All(PATH)
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.refuseMethod(request, response, ['GET', 'HEAD']);
  }
}
