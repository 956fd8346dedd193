import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { extractClientKeys } from '@sluice/auth';
import { GatewayError, type Clock } from '@sluice/core';
import type { ClientAddresses } from '../client-addresses.js';
import { isLocalCallerByName } from '../local-caller.js';
import type { AdminAccess } from './admin-access.js';

/** Browsers that are let in at a time; the one that came first makes room. */
export const MAX_LOGIN_VISITS = 256;
/** How long a browser is let in. */
export const VISIT_MS = 30 * 60_000;

const COOKIE = 'sluice_login';
const PATH = '/v0/oauth/kiro';
const TOKEN_BYTES = 32;
const MS_PER_SECOND = 1000;

/** A browser that has been let in. */
export interface LoginVisit {
  /** Stands in every form: only a page of ours knows it. */
  readonly formToken: string;
  /** For a browser that has just been let in. */
  readonly setCookie: string | undefined;
}

export interface LoginDoorDependencies {
  readonly access: AdminAccess;
  readonly addresses: ClientAddresses;
  readonly clock: Clock;
}

/**
 * Who may use the login pages: whoever has shown an admin key; where there is none, whoever sits at this machine and calls it by
 * its own name (a page of somebody else's that a browser here has open calls it by another).
 */
export class LoginDoor {
  readonly #visits = new Map<string, { readonly formToken: string; readonly endsAtMs: number }>();

  constructor(private readonly dependencies: LoginDoorDependencies) {}

  /** Undefined = the key has to be asked for. @throws GatewayError `not_found` for somebody who could never come in */
  visit(request: IncomingMessage): LoginVisit | undefined {
    const known = this.#known(request);
    if (known !== undefined) return { formToken: known, setCookie: undefined };
    if (this.dependencies.access.isOpen) return undefined;
    if (isLocalCallerByName(request, this.dependencies.addresses)) return this.#admit();
    throw new GatewayError({
      kind: 'not_found',
      message: 'There are no login pages here: no key has the scope "admin".',
    });
  }

  /** Lets in whoever has an admin key. @throws GatewayError `invalid_api_key` */
  async enter(key: string): Promise<LoginVisit> {
    await this.dependencies.access.checkKeys([key]);
    return this.#admit();
  }

  /**
   * Lets a request change something: a page of ours sent it, or it carries an admin key itself.
   * @param formToken what stood in the form
   * @throws GatewayError `invalid_api_key`
   */
  async assertOurs(request: IncomingMessage, formToken: unknown): Promise<void> {
    const known = this.#known(request);
    if (known !== undefined && typeof formToken === 'string' && isSame(known, formToken)) return;
    await this.dependencies.access.checkKeys(extractClientKeys(request.headers, '', PATH));
  }

  /** Lets a request read something. @throws GatewayError `invalid_api_key` */
  async assertLetIn(request: IncomingMessage): Promise<void> {
    if (this.#known(request) === undefined)
      await this.dependencies.access.checkKeys(extractClientKeys(request.headers, '', PATH));
  }

  #known(request: IncomingMessage): string | undefined {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
    const id = cookies.find(([name]) => name === COOKIE)?.[1];
    const visit = id === undefined ? undefined : this.#visits.get(id);
    return visit !== undefined && visit.endsAtMs > this.dependencies.clock.now() ? visit.formToken : undefined;
  }

  #admit(): LoginVisit {
    if (this.#visits.size >= MAX_LOGIN_VISITS) {
      const first = this.#visits.keys().next();
      if (first.done !== true) this.#visits.delete(first.value);
    }
    const [id, formToken] = [random(), random()];
    this.#visits.set(id, { formToken, endsAtMs: this.dependencies.clock.now() + VISIT_MS });
    const setCookie = `${COOKIE}=${id}; Path=${PATH}; Max-Age=${VISIT_MS / MS_PER_SECOND}; HttpOnly; SameSite=Strict`;
    return { formToken, setCookie };
  }
}

function random(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
