import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';

/** Whatever else stands under a vendor's version: passed on whole to an account that serves that vendor's API. */
@Controller()
export class ForwardController {
  constructor(@Inject(HttpSurface) private readonly surface: HttpSurface) {}

  @All(['v1/*path', 'v1beta/*path'])
  forward(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> | void {
    return this.surface.forward(request, response);
  }
}
