import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Some gateways take shorter refresh tokens for ones that a person has cut while copying. */
const PADDING = 'x'.repeat(100);
const LIFETIME_SECONDS = 3_600;

/** The refresh token of a login after so many renewals. */
export function refreshToken(login: string, renewals = 0): string {
  return `refresh.${login}.${renewals}.${PADDING}`;
}

/** `asked`: a renewal has come in, the old token still counts. `rotated`: it does not any more, and nothing was answered yet. */
export type RenewalStage = 'asked' | 'rotated';

/**
 * A vendor whose refresh tokens serve once: Anthropic's and Kiro's token endpoints, and Anthropic's Messages for whoever has an
 * access token of it.
 */
export class RotatingVendor {
  /** Logins that were asked to be renewed, in order; `!` before one that was refused. */
  readonly renewals: string[] = [];
  /** Called in the middle of a renewal, which goes on when it resolves. */
  onRenewal: (stage: RenewalStage, login: string) => Promise<void> = async () => {};
  /** Logins whose last refresh token may be used once more and brings the same, as some vendors allow. */
  readonly lenientTo = new Set<string>();
  readonly #renewed = new Map<string, number>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<RotatingVendor> {
    const vendor = new RotatingVendor();
    vendor.#server.listen(0, '127.0.0.1');
    await once(vendor.#server, 'listening');
    return vendor;
  }

  /** How often, and with what outcome, a login was asked to be renewed: its name, or `!` and its name. */
  renewalsOf(login: string): readonly string[] {
    return this.renewals.filter((name) => name === login || name === `!${login}`);
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // it listens
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await textOf(request)) as Record<string, string>;
    switch (request.url) {
      case '/v1/oauth/token':
        return this.#renew(response, body['refresh_token'] ?? '', ({ access, refresh }) => ({
          token_type: 'Bearer',
          access_token: access,
          refresh_token: refresh,
          expires_in: LIFETIME_SECONDS,
        }));
      case '/refreshToken':
        return this.#renew(response, body['refreshToken'] ?? '', ({ access, refresh }) => ({
          accessToken: access,
          refreshToken: refresh,
          profileArn: 'arn:aws:codewhisperer:us-east-1:111122223333:profile/MOCKPROFILE00',
          expiresIn: LIFETIME_SECONDS,
        }));
      default:
        return this.#serve(response, request.headers.authorization ?? '');
    }
  }

  async #renew(
    response: ServerResponse,
    token: string,
    grant: (tokens: { readonly access: string; readonly refresh: string }) => unknown,
  ): Promise<void> {
    const [, login = '', number = ''] = token.split('.');
    await this.onRenewal('asked', login);
    const current = this.#renewed.get(login) ?? 0;
    const isRepeated = this.lenientTo.has(login) && Number(number) === current - 1;
    if (Number(number) !== current && !isRepeated) {
      this.renewals.push(`!${login}`);
      return send(response, 400, { error: 'invalid_grant', error_description: 'Refresh token was used before' });
    }
    const next = isRepeated ? current : current + 1;
    this.#renewed.set(login, next);
    this.renewals.push(login);
    await this.onRenewal('rotated', login);
    send(response, 200, grant({ access: `access.${login}.${next}`, refresh: refreshToken(login, next) }));
  }

  /** Only the newest access token of a login is good. */
  #serve(response: ServerResponse, authorization: string): void {
    const [, login = '', number] = authorization.split('.');
    if (Number(number) !== this.#renewed.get(login)) {
      return send(response, 401, { type: 'error', error: { type: 'authentication_error', message: 'bad token' } });
    }
    send(response, 200, {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [{ type: 'text', text: `served with ${login} ${number}` }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    });
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // node streams requests in buffers
  return Buffer.concat(chunks).toString();
}
