import { GatewayError, type CanonicalRequest, type CanonicalResponse, type Usage } from '@sluice/core';
import type { UpstreamReply } from '@sluice/provider-kit';
import { compose } from '@sluice/streaming';
import type { TranslatedClient, TranslatedUpstream, TranslationContext } from '@sluice/translator-kit';
import { translatedHeaders } from './answer-headers.js';
import type { FlawOutcome } from './answer-flaw.js';
import type { AskAccount } from './answer-path.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { outcomeOfFailure } from './body-relay.js';
import { collectTranslatedStream } from './collect-translated-stream.js';
import { frameDecoder, isFramed } from './frame-decoder.js';
import { secretsOfPath, type PathOptions } from './path-options.js';
import { remembered } from './remembered.js';
import { sanitiseError } from './sanitise-error.js';
import { sumUsage } from './sum-usage.js';
import { answerWith, translateBody, type Deliver } from './translated-body.js';
import { TranslatedStream } from './translated-stream.js';

const FIRST_ERROR_STATUS = 400;

export interface TranslatedAnswerParts {
  readonly path: PathOptions;
  readonly client: TranslatedClient;
  readonly upstream: TranslatedUpstream;
  readonly context: TranslationContext;
  readonly request: CanonicalRequest;
  readonly ask: AskAccount;
}

/** An answer that was set aside, and what its vendor is asked instead. */
interface FlawedAnswer {
  readonly response: CanonicalResponse;
  readonly reply: UpstreamReply;
  readonly flaw: string;
  readonly again: CanonicalRequest;
  readonly usage: Usage | undefined;
}

/**
 * Brings a translated answer to its client: event by event, or in one piece where the client, or the route that it uses, waits for
 * the whole. While nothing of an answer has left, one with a flaw can be set aside and its vendor asked again, once for each
 * exchange:
 *
 * ```text
 *  first ── no flaw, or nothing to ask ──▶ answered
 *    └── flaw ──▶ second ── no flaw ──▶ answered with the second
 *                   ├── flaw, failure, before anything of it has left ──▶ answered with the first
 *                   └── flaw, failure, later ──▶ as it stands
 * ```
 *
 * What both consumed is recorded as one. The client reads what its own answer consumed: agents tell from that how full the
 * model's context is. Rejects only for a defect of ours.
 */
export class TranslatedAnswer {
  #flawed: FlawedAnswer | undefined;

  constructor(private readonly options: TranslatedAnswerParts) {}

  async run(reply: UpstreamReply): Promise<AttemptOutcome> {
    const outcome = await this.#read(reply, (response) => this.#takeFirst(response, reply));
    if (outcome !== undefined) return outcome;
    return this.#askAgain(this.#flawed as FlawedAnswer); // set aside, so it was noted
  }

  #takeFirst(response: CanonicalResponse, reply: UpstreamReply): AttemptOutcome | undefined {
    const { path, upstream, context, request } = this.options;
    const { exchange } = path;
    const { repair } = upstream.upstream.translation;
    const flaw = repair?.flawOf(response.extensions);
    if (repair === undefined || flaw === undefined) return this.#deliver(response, reply);
    const again = path.mayAskAgain() ? repair.askAgain(response, request, context) : undefined;
    if (again === undefined) {
      exchange.flaw = { flaw, outcome: 'told' };
      return this.#deliver(response, reply);
    }
    this.#flawed = { response, reply, flaw, again, usage: exchange.usage };
    return undefined;
  }

  async #askAgain(first: FlawedAnswer): Promise<AttemptOutcome> {
    const { exchange } = this.options.path;
    exchange.attempts += 1;
    exchange.usage = undefined;
    exchange.flaw = undefined;
    const outcome = await this.#second(first);
    const usage = sumUsage(first.usage, exchange.usage);
    if (usage !== undefined) exchange.reportUsage(usage);
    if (outcome?.type === 'answered') {
      this.#note(first.flaw, exchange.flaw === undefined ? 'repaired' : 'told');
      return outcome;
    }
    this.#note(first.flaw, outcome === undefined ? 'repeated' : 'refused', outcome?.error);
    if (outcome?.type === 'broken') return outcome;
    const isClientGone = outcome?.type === 'interrupted' && exchange.answer.isClosed;
    return isClientGone ? outcome : this.#deliver(first.response, first.reply);
  }

  /** Undefined = it was no better. */
  async #second({ again }: FlawedAnswer): Promise<AttemptOutcome | undefined> {
    const { path, upstream, context, ask } = this.options;
    const { translation } = upstream.upstream;
    let reply: UpstreamReply;
    try {
      reply = await ask(translation.encodeRequest(again, context).call);
    } catch (cause) {
      return outcomeOfFailure(cause, path.exchange.cancellation);
    }
    if (reply.status >= FIRST_ERROR_STATUS) {
      const error = refused(reply.status);
      reply.body.cancel(error);
      return { type: 'failed', error };
    }
    return this.#read(reply, (response) => {
      const isFlawed = translation.repair?.flawOf(response.extensions) !== undefined;
      return isFlawed ? undefined : this.#deliver(response, reply);
    });
  }

  /** @param deliver a stream asks it only where its answer has a flaw and nothing of it has left */
  #read(reply: UpstreamReply, deliver: Deliver): Promise<AttemptOutcome | undefined> {
    const { path, client, upstream, context, request } = this.options;
    const { exchange } = path;
    const { translation, framing } = upstream.upstream;
    if (!isFramed(framing, reply.headers)) {
      return translateBody({ exchange, reply, context, request, translation, deliver });
    }
    const decoder = compose(frameDecoder(framing), translation.createStreamDecoder(context, request));
    if (!request.stream || exchange.answer.isHeldBack) {
      return collectTranslatedStream({ exchange, reply, decoder, deliver });
    }
    return new TranslatedStream({
      exchange,
      reply,
      headers: translatedHeaders(exchange, reply.headers, true),
      decoder,
      encoder: remembered(client.client.translation.createStreamEncoder(request, context), exchange),
      repair: translation.repair,
      takeBack: deliver,
      secrets: secretsOfPath(path),
    }).run();
  }

  #deliver(response: CanonicalResponse, reply: UpstreamReply): AttemptOutcome {
    const { path, client, context, request } = this.options;
    const { exchange } = path;
    const headers = translatedHeaders(exchange, reply.headers, request.stream);
    return answerWith(response, { exchange, reply, headers, client, context, request });
  }

  #note(flaw: string, outcome: FlawOutcome, error?: GatewayError): void {
    const { path } = this.options;
    const { exchange, lease, logger } = path;
    exchange.flaw = { flaw, outcome };
    logger.info('the vendor was asked again', {
      requestId: exchange.request.requestId,
      account: lease.declaration.account.id,
      flaw,
      outcome,
      ...(error !== undefined && { reason: sanitiseError(error, secretsOfPath(path)()).message }),
    });
  }
}

function refused(status: number): GatewayError {
  return new GatewayError({
    kind: 'upstream_error',
    message: `The vendor answered ${status} when it was asked again.`,
  });
}
