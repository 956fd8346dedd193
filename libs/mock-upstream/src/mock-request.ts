import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { headerValue, type WireHeaders } from '@sluice/core';

/** Larger bodies are answered with 413. Twice what a gateway lets through. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

const DIGEST_CHARACTERS = 24;

/** A request as the mock received it. */
export interface MockRequest {
  /** 1 for the first request that this mock received. */
  readonly sequence: number;
  /** Which connection it came over: 1 for the first. */
  readonly connectionId: number;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark; empty when there was none. */
  readonly query: string;
  readonly headers: WireHeaders;
  readonly body: Buffer;
}

/** Collects a body. `too-large` when it has more than `MAX_BODY_BYTES`; `gone` when the client left before its end. */
export function collectBody(message: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
    });
    message.on('end', () => resolve(size > MAX_BODY_BYTES ? 'too-large' : joined(chunks)));
    message.on('error', () => resolve('gone'));
    message.on('close', () => resolve('gone'));
  });
}

/** The identity of a request's answer: equal bytes to an equal path, under one seed, give equal ids. 24 hex characters. */
export function digestRequest(seed: number, request: MockRequest): string {
  return createHash('sha256')
    .update(`${seed}\n${request.path}\n`)
    .update(request.body)
    .digest('hex')
    .slice(0, DIGEST_CHARACTERS);
}

/** Whether a request's body is a form. */
export function isForm(headers: WireHeaders): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(headerValue(headers, 'content-type') ?? '');
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
