import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { HttpSurface } from '../http-surface.js';
import { asCollected } from './collected-exchange.js';

const MESSAGES = 'cc/v1/messages';
const COUNT_TOKENS = 'cc/v1/messages/count_tokens';

/** Anthropic's messages for clients that want the exact number of input tokens at the beginning of a stream. */
@Controller()
export class CollectedMessagesController {
  constructor(@Inject(HttpSurface) private readonly surface: HttpSurface) {}

  @Post(MESSAGES)
  infer(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.infer(request, response, asCollected);
  }

  @Post(COUNT_TOKENS)
  countTokens(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.countTokens(request, response);
  }

  @All([MESSAGES, COUNT_TOKENS])
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.refuseMethod(request, response, ['POST']);
  }
}
