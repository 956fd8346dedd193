import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';

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
}
