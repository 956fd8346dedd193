import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BinaryFrame, FormatId, JsonValue } from '@sluice/core';
import type { Corpus, FormatCorpus } from './corpus.js';

/** Where material lies below the workspace's root: the formats' own samples, and ours for what those leave out. */
const PLACES = ['libs/translators/src/*/__fixtures__', 'tools/fuzz/src/__fixtures__/*'] as const;
/** Canonical twins of samples: no wire text. */
const CANONICAL = /\.canonical\.json$/;

interface WrittenFrame {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: JsonValue;
}

/** Reads the material of the formats. */
export function loadCorpus(root: string, formats: readonly FormatId[]): Corpus {
  return new Map(formats.map((format) => [format, loadFormat(root, format)]));
}

function loadFormat(root: string, format: FormatId): FormatCorpus {
  const files = (kind: string): readonly Buffer[] =>
    PLACES.flatMap((place) => readFolder(join(root, place.replace('*', format), kind)));
  return {
    requests: files('requests'),
    responses: files('responses'),
    streams: files('streams'),
    frames: files('frames').map(readFrames),
    errors: files('errors'),
  };
}

function readFolder(folder: string): readonly Buffer[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.(json|sse)$/.test(file) && !CANONICAL.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file)));
}

/** A payload that is text stands as it is, anything else is JSON. */
function readFrames(file: Buffer): readonly BinaryFrame[] {
  const written = JSON.parse(file.toString()) as readonly WrittenFrame[]; // our own fixtures
  return written.map(({ headers, payload }) => ({
    kind: 'binary',
    headers,
    payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  }));
}
