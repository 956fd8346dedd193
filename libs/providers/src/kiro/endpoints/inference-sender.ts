import type { Clock, Logger } from '@sluice/core';
import {
  GatewayError,
  joinUrl,
  mergeHeaders,
  readBody,
  systemErrorCode,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { sourceOf } from '@sluice/streaming';
import { machineOf, profileOf, regionPlaces, settingsOf } from '../credential.js';
import { commandLineHeaders, inferenceHeaders } from '../identity-headers.js';
import { insertProfile } from '../insert-profile.js';
import { loginOf } from '../login/login-details.js';
import { sharedProfile } from '../profiles/shared-profile.js';
import { apiRegion } from '../regions.js';
import { commandLineBody } from './command-line-body.js';
import type { EndpointMemory } from './endpoint-memory.js';
import { endpointOrder, type EndpointProfile } from './endpoint-profile.js';
import { refusesModelFields, withoutModelFields } from './model-fields.js';
import { ModelFieldsMemory } from './model-fields-memory.js';
import { LARGE_REQUEST_BYTES, withSizeHint } from './size-hint.js';

/** An error body is a sentence; a larger one is not looked into. */
const MAX_ERROR_BYTES = 64 * 1024;
const BAD_REQUEST = 400;
const NOT_FOUND = 404;

/** The service behind one host is away: the next call asks another. */
const AWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Codes of node and of its HTTP client. */
const RESETS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const PROFILE_MISSING = /profileArn is required/i;

/**
 * Asks for inference at the hosts of an account, in its order. Another host is asked at once where the first cannot have done
 * anything: its name does not resolve or nobody answers, it does not know the operation, or it wants a profile that the login
 * has not. A host that is away costs its call, so that an account is never asked more often than its budget says; the next
 * call begins elsewhere.
 *
 * A request that is refused for the members by which a model is asked to think is sent again without them, once: whether a model
 * takes them depends on the plan and on the host, and no list says so. From then on it goes without at once.
 */
export class InferenceSender {
  readonly #modelFields = new ModelFieldsMemory();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly memory: EndpointMemory,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws GatewayError `upstream_unreachable` when no host could be reached */
  async send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, model } = call;
    const isRefused = this.#modelFields.isRefused(account, model);
    const reduced = isRefused ? withoutModelFields(call.body) : undefined;
    if (reduced !== undefined) return explained(call, await this.#ask({ ...call, body: reduced }));
    const reply = await this.#ask(call);
    return explained(call, reply.status === BAD_REQUEST ? await this.#withoutModelFields(call, reply) : reply);
  }

  /** Looks into a refusal of a request that asks the model to think, and sends it without that where that is why. */
  async #withoutModelFields(call: UpstreamCall, reply: UpstreamReply): Promise<UpstreamReply> {
    const body = withoutModelFields(call.body);
    if (body === undefined) return reply;
    const { account, model, cancellation } = call;
    const bytes = await readBody(reply.body, MAX_ERROR_BYTES, cancellation);
    if (!refusesModelFields(bytes.toString())) return { ...reply, body: sourceOf([bytes]) };
    this.#modelFields.noteRefusal(account, model);
    this.logger.warn('a model is no longer asked to think by its own members, which this account may not send', {
      accountId: account.id,
      model,
    });
    return this.#ask({ ...call, body });
  }

  async #ask(call: UpstreamCall): Promise<UpstreamReply> {
    const { account } = call;
    const profiles = orderOf(call);
    const order = this.memory.order(account, profiles.length, this.clock.now());
    for (const [position, index] of order.entries()) {
      const isLast = position === order.length - 1;
      const reply = await this.#try(call, profiles[index] as EndpointProfile, isLast); // an index of theirs
      if (reply === undefined) continue;
      const isAway = AWAY_STATUSES.has(reply.status) && profiles.length > 1;
      this.memory.prefer(account, isAway ? (index + 1) % profiles.length : index, this.clock.now());
      return reply;
    }
    throw new TypeError('an account has no way of asking'); // the last one always answers or throws
  }

  /** @returns undefined = another host should be asked */
  async #try(call: UpstreamCall, profile: EndpointProfile, isLast: boolean): Promise<UpstreamReply | undefined> {
    let reply: UpstreamReply;
    try {
      reply = await this.#send(call, profile);
    } catch (error) {
      if (isLast || !(error instanceof GatewayError) || error.kind !== 'upstream_unreachable') throw error;
      return undefined;
    }
    if (isLast) return reply;
    if (reply.status === NOT_FOUND) {
      reply.body.cancel();
      return undefined;
    }
    return reply.status === BAD_REQUEST ? unlessProfileMissing(call, reply) : reply;
  }

  /** A connection that is reset before the head of an answer is made anew, once. */
  async #send(call: UpstreamCall, profile: EndpointProfile): Promise<UpstreamReply> {
    try {
      return await this.http.send(requestFor(call, profile));
    } catch (error) {
      if (!isReset(error) || call.cancellation.isCancelled) throw error;
      return this.http.send(requestFor(call, profile));
    }
  }
}

/** The vendor closes connections that have been idle; the next request then meets a reset. */
function isReset(error: unknown): boolean {
  if (!(error instanceof GatewayError) || error.kind !== 'upstream_unreachable') return false;
  return RESETS.has(systemErrorCode(error.cause) ?? '');
}

function orderOf({ account, credential }: UpstreamCall): readonly EndpointProfile[] {
  const { authMethod } = loginOf(credential);
  return endpointOrder({
    settings: settingsOf(account),
    isKey: credential.kind === 'api-key',
    hasProfile: profileOf(account, credential) !== undefined,
    isSingleSignOn: authMethod === 'idc',
  });
}

function requestFor(call: UpstreamCall, profile: EndpointProfile): Parameters<UpstreamHttp['send']>[0] {
  const { account, credential, query, body, cancellation } = call;
  const settings = settingsOf(account);
  const own = credential.kind === 'api-key' ? undefined : profileOf(account, credential);
  const arn = own ?? (profile.sharesProfile ? sharedProfile(loginOf(credential)) : undefined);
  const region = apiRegion(regionPlaces(account, credential), own);
  const identity = { credential, machineId: machineOf(account, credential), versions: settings };
  const isEditor = profile.style === 'editor';
  return {
    method: 'POST',
    url: joinUrl(profile.base(settings, region), profile.path, query),
    headers: mergeHeaders(
      isEditor ? inferenceHeaders(identity) : commandLineHeaders(identity, arn),
      call.operatorHeaders ?? account.headers,
    ),
    body: insertProfile(isEditor ? body : commandLineBody(body), arn),
    transport: account.transport,
    cancellation,
  };
}

/** A refusal of a large request says how large it was where that may be why. */
async function explained({ body, cancellation }: UpstreamCall, reply: UpstreamReply): Promise<UpstreamReply> {
  if (reply.status !== BAD_REQUEST || body.length < LARGE_REQUEST_BYTES) return reply;
  const bytes = await readBody(reply.body, MAX_ERROR_BYTES, cancellation);
  return { ...reply, body: sourceOf([withSizeHint(bytes, body.length)]) };
}

/** Looks into a refusal, and hands it on whole when it is another one. */
async function unlessProfileMissing(
  { cancellation }: UpstreamCall,
  reply: UpstreamReply,
): Promise<UpstreamReply | undefined> {
  const bytes = await readBody(reply.body, MAX_ERROR_BYTES, cancellation);
  return PROFILE_MISSING.test(bytes.toString()) ? undefined : { ...reply, body: sourceOf([bytes]) };
}
