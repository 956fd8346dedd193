import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';
import { ModelDirectory } from './model-directory.js';

/** The models that the caller's key can use. */
@Controller()
export class ModelsController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(ModelDirectory) private readonly directory: ModelDirectory,
  ) {}

  @Get('v1/models')
  async list(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    const isAnthropic = request.headers['anthropic-version'] !== undefined;
    const format = isAnthropic ? 'anthropic-messages' : 'openai-chat';
    await this.surface.answer(format, request, response, () => this.directory.list(request, format));
  }
}
