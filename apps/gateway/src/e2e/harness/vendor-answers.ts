import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FormatId } from '@sluice/core';
import type { MockBehaviour } from '@sluice/mock-upstream';
import { eventFrames } from './event-frames.js';

/** What a vendor answered, byte for byte. */
export interface VendorAnswer {
  readonly id: string;
  readonly mode: 'stream' | 'json' | 'error';
  readonly status: number;
  readonly body: Buffer;
}

const FIXTURES = fileURLToPath(new URL('../__fixtures__/', import.meta.url));

/** `text.stream.sse`, `text.events.jsonl`, `text.json`, `rate-limit.429.json`. */
const FILE_NAME = /^[\w-]+\.(?:(?<stream>stream\.sse|events\.jsonl)|(?:(?<status>\d{3})\.)?json)$/;

/**
 * The suite's own answers, written after the vendors' documentation and named for what they show. Sorted by name. Events of
 * the AWS event stream are written as a line of JSON each and framed here.
 */
export function ownAnswers(format: FormatId): readonly VendorAnswer[] {
  return readdirSync(`${FIXTURES}${format}`)
    .sort()
    .map((file) => {
      const groups = FILE_NAME.exec(file)?.groups;
      if (groups === undefined) throw new Error(`${file} is not named like an answer`);
      const status = Number(groups['status'] ?? 200);
      const mode = groups['stream'] !== undefined ? 'stream' : status < 400 ? 'json' : 'error';
      const written = readFileSync(`${FIXTURES}${format}/${file}`);
      const body = file.endsWith('.jsonl') ? eventFrames(written.toString()) : written;
      return { id: `${format}/${file}`, mode, status, body };
    });
}

/** Makes a mock give this answer, in these pieces. */
export function replaying({ mode, status }: VendorAnswer, chunks: readonly Buffer[]): MockBehaviour {
  const type = mode === 'stream' ? 'text/event-stream; charset=utf-8' : 'application/json';
  return { replay: { status, headers: { 'content-type': type }, chunks } };
}
