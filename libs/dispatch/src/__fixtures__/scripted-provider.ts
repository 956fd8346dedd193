import { GatewayError, type GatewayErrorKind, type UpstreamFailure, type WireHeaders } from '@sluice/core';
import type {
  Account,
  Credential,
  FailedReply,
  Provider,
  ProviderDescriptor,
  RetryBudget,
  UpstreamCall,
  UpstreamReply,
} from '@sluice/provider-kit';
import { sourceOf, type PushSource } from '@sluice/streaming';
import { z } from 'zod';
import { event } from './script-format.js';

/** What a vendor does with one call. */
export type Turn = (call: UpstreamCall) => UpstreamReply | Promise<UpstreamReply>;

/** A vendor that follows a script: one turn per call, the last one for all that follow. */
export class ScriptedProvider implements Provider {
  readonly calls: UpstreamCall[] = [];
  readonly descriptor: ProviderDescriptor;
  turns: Turn[] = [];
  spoken: readonly string[] = ['script'];
  classify?: (reply: FailedReply) => UpstreamFailure | undefined;
  refreshCredential?: (credential: Credential) => Promise<Credential>;

  constructor(
    id = 'acme',
    retry: RetryBudget | undefined = undefined,
    secretSettings: readonly string[] = [],
  ) {
    this.descriptor = {
      id,
      displayName: id,
      credentials: ['api-key'],
      settings: z.object({}),
      secretSettings,
      ...(retry !== undefined && { retry }),
    };
  }

  formats(_model: string, _account: Account): readonly string[] {
    return this.spoken;
  }

  async send(call: UpstreamCall): Promise<UpstreamReply> {
    this.calls.push(call);
    const turn = this.turns[Math.min(this.calls.length, this.turns.length) - 1];
    if (turn === undefined) throw new Error('the script is empty');
    return turn(call);
  }

  /** The accounts that were asked, in order. */
  get asked(): readonly string[] {
    return this.calls.map(({ account }) => account.id);
  }
}

/** Answers with a whole JSON body. */
export function answers(body: object = { text: 'well' }, headers: WireHeaders = {}): Turn {
  return () => reply(200, { 'content-type': 'application/json', ...headers }, sourceOf([Buffer.from(JSON.stringify(body))]));
}

/** Answers with a stream of script events, each in a chunk of its own. */
export function streams(...events: readonly string[]): Turn {
  return () => streamOf(sourceOf(events.map(event)));
}

/** Answers with an event stream from this source. */
export function streamOf(source: PushSource<Buffer>): UpstreamReply {
  return reply(200, { 'content-type': 'text/event-stream; charset=utf-8' }, source);
}

/** Refuses with a status and a plain message. */
export function refuses(status: number, message = '', headers: WireHeaders = {}): Turn {
  return () => reply(status, headers, sourceOf([Buffer.from(message)]));
}

/** Fails before there is an answer. */
export function fails(kind: GatewayErrorKind): Turn {
  return () => {
    throw new GatewayError({ kind, message: `the vendor is ${kind}` });
  };
}

/** Says nothing until the call is cancelled. */
export function hangs(): Turn {
  return ({ cancellation }) =>
    new Promise((_resolve, reject) => {
      cancellation.onCancel(reject);
    });
}

export function reply(status: number, headers: WireHeaders, body: PushSource<Buffer>): UpstreamReply {
  return { status, headers, body };
}
