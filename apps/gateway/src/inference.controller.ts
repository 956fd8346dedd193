import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';
import { INFERENCE_ROUTES } from './inference-routes.js';

const PATHS = INFERENCE_ROUTES.map(({ path }) => path);
const COUNT_TOKENS = 'v1/messages/count_tokens';

/** The inference routes. Bodies are not parsed here: the pipeline reads the raw bytes. */
@Controller()
export class InferenceController {
  constructor(@Inject(HttpSurface) private readonly surface: HttpSurface) {}

  @Post(PATHS)
  infer(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.infer(request, response);
  }

  @Post(COUNT_TOKENS)
  countTokens(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.countTokens(request, response);
  }

  /** Any other method; browsers' preflights have been answered before. */
  @All([...PATHS, COUNT_TOKENS])
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.refuseMethod(request, response, ['POST']);
  }
}
