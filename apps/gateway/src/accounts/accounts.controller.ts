import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ExplainAccess } from '../explain-access.js';
import { HttpSurface } from '../http-surface.js';
import { queryOf } from '../request-target.js';
import { AccountReporter } from './account-reporter.js';

const PATH = 'sluice/accounts';

/** How the accounts do, for operators. */
@Controller()
export class AccountsController {
  constructor(
    @Inject(HttpSurface) private readonly surface: HttpSurface,
    @Inject(ExplainAccess) private readonly access: ExplainAccess,
    @Inject(AccountReporter) private readonly reporter: AccountReporter,
  ) {}

  @Get(PATH)
  list(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.surface.answer('openai-chat', request, response, async () => {
      await this.access.check(request);
      const query = new URLSearchParams(queryOf(request));
      return this.reporter.list({
        account: query.get('account'),
        provider: query.get('provider'),
        after: query.get('after'),
      });
    });
  }

  @All(PATH)
  refuseMethod(@Req() request: IncomingMessage, @Res() response: ServerResponse): void {
    this.surface.refuseMethod(request, response, ['GET', 'HEAD']);
  }
}
