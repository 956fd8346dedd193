import type { IncomingMessage, ServerResponse } from 'node:http';
import { Controller, Inject, Options, Req, Res } from '@nestjs/common';
import { SnapshotStore } from '@sluice/config';
import { preflightHeaders } from './cors.js';

/** Answers browsers that ask before they call. */
@Controller()
export class PreflightController {
  constructor(@Inject(SnapshotStore) private readonly snapshots: SnapshotStore) {}

  @Options(['v1/*path', 'v1beta/*path', 'cc/v1/*path'])
  preflight(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    const asked = request.headers['access-control-request-headers'];
    const allowed = this.snapshots.current.settings.corsOrigins;
    response.writeHead(204, preflightHeaders(request.headers.origin, asked, allowed)).end();
  }
}
