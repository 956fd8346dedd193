import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { All, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ManagedAccounts, managedProvider, PendingLogins, type PendingLogin } from '@sluice/accounts';
import { Clock, GatewayError, Logger, type JsonObject } from '@sluice/core';
import { ProviderRegistry } from '@sluice/provider-kit';
import { queryOf } from '../request-target.js';
import { sendAdminJson } from './admin-reply.js';
import { LoginDoor, type LoginVisit } from './login-door.js';
import { choicePage, keyPage, messagePage, pageHeaders, render, waitingPage, type LoginPage } from './login-pages.js';
import { readForm } from './read-form.js';

const KIRO = 'kiro';
const PATH = '/v0/oauth/kiro';
const TOKEN_PREFIX = 'aorAAAAAG';
const MS_PER_SECOND = 1000;
const NONCE_BYTES = 16;

/** Logging in to Kiro with a browser: a device code is confirmed at the vendor's page, and an account comes of it. */
@Controller('v0/oauth/kiro')
export class LoginPagesController {
  constructor(
    @Inject(LoginDoor) private readonly door: LoginDoor,
    @Inject(PendingLogins) private readonly logins: PendingLogins,
    @Inject(ManagedAccounts) private readonly accounts: ManagedAccounts,
    @Inject(ProviderRegistry) private readonly providers: ProviderRegistry,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  @Get()
  choose(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      const visit = this.door.visit(request);
      return visit === undefined
        ? sendPage(response, 200, keyPage())
        : sendPage(response, 200, choicePage(visit.formToken), visit);
    });
  }

  @Post('session')
  enter(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      const { key } = await readForm(request);
      const visit = await this.door.enter(typeof key === 'string' ? key : '');
      redirect(response, PATH, visit);
    });
  }

  @Post('start')
  start(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      const form = await readForm(request);
      await this.door.assertOurs(request, form['formToken']);
      const { state } = await this.#begin(form);
      redirect(response, `${PATH}/wait?state=${state}`);
    });
  }

  /** For scripts, which bring an admin key: a link must not begin anything. */
  @Get('start')
  startByLink(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      await this.door.assertOurs(request, undefined);
      const login = await this.#begin(Object.fromEntries(new URLSearchParams(queryOf(request))));
      sendPage(response, 200, waitingPage(login));
    });
  }

  @Get('wait')
  wait(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      await this.door.assertLetIn(request);
      const login = this.#find(request);
      if (login === undefined) sendPage(response, 404, messagePage('Not found', 'There is no such login any more.'));
      else sendPage(response, 200, waitingPage(login));
    });
  }

  @Get('status')
  status(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#page(response, async () => {
      await this.door.assertLetIn(request);
      const login = this.#find(request);
      if (login === undefined) sendAdminJson(response, 404, { error: 'Session not found' });
      else sendAdminJson(response, 200, this.#statusOf(login));
    });
  }

  @Post('import')
  importToken(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#outcome(request, response, async (form) => {
      const { refreshToken } = form;
      if (typeof refreshToken !== 'string' || refreshToken.trim() === '') throw invalid('Refresh token is required');
      if (!refreshToken.trim().startsWith(TOKEN_PREFIX)) throw invalid(`A refresh token begins with ${TOKEN_PREFIX}.`);
      const provider = managedProvider(this.providers, KIRO);
      if (provider.accountOfForm === undefined) throw invalid('Accounts cannot be added here.');
      const brought = provider.accountOfForm({ refreshToken, authMethod: 'social' }, this.accounts.like(KIRO)?.account);
      const { account } = await this.accounts.add(KIRO, brought);
      return { message: 'Token imported successfully', accountId: account.id };
    });
  }

  @Post('refresh')
  refresh(@Req() request: IncomingMessage, @Res() response: ServerResponse): Promise<void> {
    return this.#outcome(request, response, async () => {
      const renewals = this.accounts
        .list(KIRO)
        .filter(({ enabled, credential }) => enabled && credential?.kind !== 'api-key');
      const results = await Promise.allSettled(renewals.map((account) => this.accounts.renew(account)));
      const warnings = results.flatMap((result, index) =>
        result.status === 'rejected' ? [`${renewals[index]?.account.id ?? ''}: ${sentenceOf(result.reason)}`] : [],
      );
      const refreshedCount = results.length - warnings.length;
      const message = `Refreshed ${refreshedCount} token(s)`;
      return { message, refreshedCount, ...(warnings.length > 0 && { warnings }) };
    });
  }

  @All(['', '*path'])
  refuse(@Res() response: ServerResponse): void {
    sendPage(response, 404, messagePage('Not found', 'There is nothing at this path.'));
  }

  #begin({ method, startUrl, region }: JsonObject): Promise<PendingLogin> {
    const text = (value: unknown): string | undefined =>
      typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
    return this.logins.begin(KIRO, { method: text(method), startUrl: text(startUrl), region: text(region) });
  }

  #find(request: IncomingMessage): PendingLogin | undefined {
    return this.logins.find(new URLSearchParams(queryOf(request)).get('state') ?? '');
  }

  #statusOf({ outcome, endsAtMs }: PendingLogin): JsonObject {
    if (outcome === undefined) {
      const remaining = Math.max(0, Math.floor((endsAtMs - this.clock.now()) / MS_PER_SECOND));
      return { status: 'pending', remaining_seconds: remaining };
    }
    const completed = new Date(outcome.endedAtMs).toISOString();
    return outcome.type === 'success'
      ? { status: 'success', completed_at: completed, account_id: outcome.accountId }
      : { status: 'failed', error: outcome.message, completed_at: completed };
  }

  /** What went wrong is said inside a 200, as clients of kiro-rs's fork know it; only who may not come in is refused. */
  async #outcome(
    request: IncomingMessage,
    response: ServerResponse,
    make: (form: JsonObject) => Promise<JsonObject>,
  ): Promise<void> {
    return this.#page(response, async () => {
      const form = await readForm(request);
      await this.door.assertOurs(request, form['formToken']);
      try {
        sendAdminJson(response, 200, { success: true, ...(await make(form)) });
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        sendAdminJson(response, 200, { success: false, error: error.message });
      }
    });
  }

  async #page(response: ServerResponse, make: () => Promise<void>): Promise<void> {
    try {
      await make();
    } catch (error) {
      if (!(error instanceof GatewayError)) this.logger.error('a login page failed', { error });
      const isKey = error instanceof GatewayError && error.kind === 'invalid_api_key';
      if (isKey) return sendPage(response, 401, keyPage(error.message));
      const isMissing = error instanceof GatewayError && error.kind === 'not_found';
      const status = isMissing ? 404 : error instanceof GatewayError ? 400 : 500;
      sendPage(response, status, messagePage('That did not work', sentenceOf(error)));
    }
  }
}

function sendPage(response: ServerResponse, status: number, page: LoginPage, visit?: LoginVisit): void {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  response.writeHead(status, { ...pageHeaders(nonce, page), ...cookieOf(visit) }).end(render(page, nonce));
}

function redirect(response: ServerResponse, location: string, visit?: LoginVisit): void {
  response.writeHead(303, { location, 'cache-control': 'no-store', ...cookieOf(visit) }).end();
}

function cookieOf(visit: LoginVisit | undefined): Record<string, string> {
  return visit?.setCookie === undefined ? {} : { 'set-cookie': visit.setCookie };
}

function sentenceOf(error: unknown): string {
  return error instanceof GatewayError ? error.message : 'The gateway failed while it handled this request.';
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message });
}
