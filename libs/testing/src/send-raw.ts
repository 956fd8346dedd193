import { request as httpRequest, type Agent } from 'node:http';
import type { WireHeaders } from '@sluice/core';

/** Larger answers are cut off; a test that needs more should count instead of collect. */
const MAX_REPLY_BYTES = 256 * 1024 * 1024;

/** One request. */
export interface RawCall {
  /** Default POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Buffer | object;
  /** Breaks the connection off. */
  readonly signal?: AbortSignal;
  /** Default: a connection of its own. */
  readonly agent?: Agent;
  /** Told of each piece as it arrives. */
  readonly onPiece?: (piece: Buffer) => void;
}

/** What came back, and how it ended. */
export interface RawReply {
  /** `undefined` when the connection broke before a head came. */
  readonly status: number | undefined;
  readonly headers: WireHeaders;
  /** The body as it arrived. */
  readonly pieces: readonly Buffer[];
  readonly text: string;
  /** `complete`: as HTTP ends a body; `broken`: the connection ended before; `aborted`: by the caller's signal. */
  readonly ending: 'complete' | 'broken' | 'aborted';
}

/** Speaks plain HTTP/1.1 and reports what happened, broken connections included. Never rejects. */
export function sendRaw(url: string, call: RawCall = {}): Promise<RawReply> {
  const { method = 'POST', headers = {}, body, signal, agent, onPiece } = call;
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    let head: { status: number | undefined; headers: WireHeaders } = { status: undefined, headers: {} };
    const settle = (ending: RawReply['ending']): void =>
      resolve({ ...head, pieces, text: Buffer.concat(pieces).toString(), ending });
    const fail = (): void => settle(signal?.aborted === true ? 'aborted' : 'broken');

    const request = httpRequest(url, { method, agent: agent ?? false, headers, ...(signal ? { signal } : {}) });
    request.on('error', fail);
    request.on('response', (response) => {
      head = { status: response.statusCode, headers: response.headers };
      response.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > MAX_REPLY_BYTES) return request.destroy();
        pieces.push(piece);
        return onPiece?.(piece);
      });
      response.on('end', () => settle('complete'));
      response.on('error', fail);
      response.on('close', fail);
    });
    request.end(typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body);
  });
}
