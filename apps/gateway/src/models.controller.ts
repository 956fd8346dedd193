import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { HttpSurface } from './http-surface.js';
import { ModelDirectory } from './model-directory.js';
import { pathOf } from './request-target.js';
import { formatOfRequest } from './route-format.js';

const LISTS = ['v1/models', 'v1beta/models'];
const MODEL_PATH = /^\/v1(?:beta)?\/models\/(.+)$/;

/** The models that the caller's key can use, in the words of the caller's format. */
@Controller()
export class ModelsController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(ModelDirectory) private readonly directory: ModelDirectory,
  ) {}

  @Get(LISTS)
  list(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    const format = formatOfRequest(pathOf(request), request.headers);
    return this.surface.answer(format, request, response, () => this.directory.list(request, format));
  }

  @Get(['v1/models/*path', 'v1beta/models/*path'])
  find(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    const format = formatOfRequest(pathOf(request), request.headers);
    const name = decoded(MODEL_PATH.exec(pathOf(request))?.[1] ?? '');
    return this.surface.answer(format, request, response, () => this.directory.find(request, format, name));
  }

  @All(LISTS)
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.refuseMethod(request, response, ['GET', 'HEAD']);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % belongs to the name
  }
}
