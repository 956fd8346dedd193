import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Delete, Get, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { AccountBalances, ManagedAccounts, managedProvider } from '@sluice/accounts';
import type { AccountDeclaration } from '@sluice/config';
import { GatewayError, Logger, type JsonObject } from '@sluice/core';
import { ProviderRegistry } from '@sluice/provider-kit';
import { AdminAccess } from './admin-access.js';
import { answerAdmin } from './admin-reply.js';
import { CredentialRows } from './credential-rows.js';
import { readForm } from './read-form.js';

const KIRO = 'kiro';
const MS_PER_SECOND = 1000;
const MODES = ['priority', 'balanced'] as const;

/** kiro-rs's admin API: the Kiro accounts of this gateway, managed by scripts. */
@Controller('api/admin')
export class AdminController {
  constructor(
    @Inject(AdminAccess) private readonly access: AdminAccess,
    @Inject(ManagedAccounts) private readonly accounts: ManagedAccounts,
    @Inject(AccountBalances) private readonly balances: AccountBalances,
    @Inject(CredentialRows) private readonly rows: CredentialRows,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  @Get('credentials')
  list(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#answer(request, response, () => this.rows.list(KIRO));
  }

  @Post('credentials')
  add(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#answer(request, response, async () => {
      const form = await readForm(request);
      const { account } = await this.#add(form);
      const id = this.accounts.numberOf(account.id);
      const email = await this.#emailOf(account.id);
      return { ...done(`The credential is kept as the account "${account.id}".`), credentialId: id, ...email };
    });
  }

  @Delete('credentials/:id')
  remove(@Param('id') id: string, @Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      await this.accounts.remove(found);
      return done('The credential is deleted.');
    });
  }

  @Post('credentials/:id/disabled')
  setDisabled(
    @Param('id') id: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      const { disabled } = await readForm(request);
      if (typeof disabled !== 'boolean') throw invalid('disabled must be true or false.');
      if (disabled) await this.accounts.setEnabled(found, false);
      else await this.accounts.reset(found);
      return done(disabled ? 'The credential is disabled.' : 'The credential is enabled.');
    });
  }

  @Post('credentials/:id/priority')
  setPriority(
    @Param('id') id: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      const { priority } = await readForm(request);
      await this.accounts.setPriority(found, typeof priority === 'number' ? priority : Number.NaN);
      return done(`The credential has the priority ${String(priority)}.`);
    });
  }

  @Post('credentials/:id/reset')
  reset(@Param('id') id: string, @Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      await this.accounts.reset(found);
      return done('What went wrong is forgotten.');
    });
  }

  @Post('credentials/:id/refresh')
  refresh(@Param('id') id: string, @Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      await this.accounts.renew(found);
      return done('The login is renewed.');
    });
  }

  @Get('credentials/:id/balance')
  balance(@Param('id') id: string, @Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#change(id, request, response, async (found) => {
      const { limit, used, remaining, percentUsed, resetsAtMs, plan, email } = await this.balances.of(found);
      return {
        id: this.accounts.numberOf(found.account.id),
        ...(email !== undefined && { email }),
        subscriptionTitle: plan ?? null,
        currentUsage: used,
        usageLimit: limit,
        remaining,
        usagePercentage: percentUsed,
        nextResetAt: resetsAtMs === undefined ? null : resetsAtMs / MS_PER_SECOND,
      };
    });
  }

  @Get('config/load-balancing')
  readMode(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#answer(request, response, async () => ({ mode: this.accounts.strategyOf(KIRO) }));
  }

  @Put('config/load-balancing')
  setMode(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#answer(request, response, async () => {
      const asked = (await readForm(request))['mode'];
      const mode = MODES.find((one) => one === asked);
      if (mode === undefined) throw invalid(`mode must be one of ${MODES.join(', ')}.`);
      await this.accounts.setStrategy(KIRO, mode);
      return { mode };
    });
  }

  @All('*path')
  refuse(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#answer(request, response, async () => {
      throw new GatewayError({ kind: 'not_found', message: 'There is nothing at this path of the admin API.' });
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse, make: () => Promise<JsonObject>): Promise<void> {
    return answerAdmin(response, this.logger, async () => {
      await this.access.check(request);
      return make();
    });
  }

  #change(
    id: string,
    request: IncomingMessage,
    response: ServerResponse,
    make: (found: AccountDeclaration) => Promise<JsonObject>,
  ): Promise<void> {
    return this.#answer(request, response, async () => make(this.accounts.find(KIRO, id)));
  }

  async #add(form: JsonObject): Promise<AccountDeclaration> {
    const provider = managedProvider(this.providers, KIRO);
    if (provider.accountOfForm === undefined) throw invalid('Accounts cannot be added here.');
    const brought = provider.accountOfForm(form, this.accounts.like(KIRO)?.account);
    const { priority } = form;
    if (priority !== undefined && typeof priority !== 'number') throw invalid('priority must be a number.');
    try {
      return await this.accounts.add(KIRO, brought, priority === undefined ? {} : { priority });
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'upstream_auth_failed') throw invalid(error.message);
      throw error;
    }
  }

  /** Nice to have: a vendor that does not say must not undo what was added. */
  async #emailOf(accountId: string): Promise<JsonObject> {
    try {
      const { email } = await this.balances.of(this.accounts.find(KIRO, accountId));
      return email === undefined ? {} : { email };
    } catch (error) {
      this.logger.info('the usage of a new account is not known', {
        accountId,
        error: error instanceof Error ? error.message : undefined,
      });
      return {};
    }
  }
}

function done(message: string): JsonObject {
  return { success: true, message };
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message });
}
