import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Inject, Next, Req, Res } from '@nestjs/common';
import { readGeminiPath } from './gemini-path.js';
import { HttpSurface } from './http-surface.js';
import { pathOf } from './request-target.js';

const MODEL_PATHS = ['v1beta/models/*path', 'v1/models/*path', 'v1beta/tunedModels/*path'];

/** Gemini's routes: model and method stand in the path. What its other methods ask for is passed on whole. */
@Controller()
export class GeminiController {
  constructor(@Inject(HttpSurface) private readonly surface: HttpSurface) {}

  @All(MODEL_PATHS)
  async call(
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
    @Next() next: () => void,
  ): Promise<void> {
    const method = readGeminiPath(pathOf(request))?.method;
    if (method === undefined) return next(); // a model's own address, not a call
    if (request.method !== 'POST') return this.surface.refuseMethod(request, response, ['POST']);
    switch (method) {
      case 'generateContent':
      case 'streamGenerateContent':
      case 'embedContent':
      case 'batchEmbedContents':
        return this.surface.infer(request, response);
      case 'countTokens':
        return this.surface.countTokens(request, response);
      default:
        return this.surface.forward(request, response);
    }
  }
}
