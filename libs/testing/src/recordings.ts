import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFixturesDirectory } from './fixtures-directory.js';

/** How many recordings there are of each format. Known here, so that a run without them can say what it did without. */
export const RECORDING_COUNTS = {
  'openai-chat': 60,
  'openai-responses': 37,
  'anthropic-messages': 36,
  gemini: 13,
  kiro: 6,
} as const;

/** A format that has recordings, by its format id. */
export type RecordedFormat = keyof typeof RECORDING_COUNTS;

/** The manifest's word for a format, where it is not the format id. */
const MANIFEST_NAMES: Partial<Record<RecordedFormat, string>> = { 'anthropic-messages': 'anthropic' };

/** What a vendor sent, as it sent it. */
export interface Recording {
  /** File name below the fixtures folder; unique. */
  readonly id: string;
  /** `stream`: the bytes of a streamed 200; `json`: the body of a whole 200; `error`: the body of a failure. */
  readonly mode: 'stream' | 'json' | 'error';
  readonly status: number;
  readonly body: Buffer;
  /** What it shows, such as `tools`, `reasoning`, `finish:stop`. */
  readonly features: readonly string[];
  /** Where it comes from: `recording`, `trimmed recording / hand-written` or `hand-written`. */
  readonly kind: string;
}

/** Where recordings are looked for. The defaults are the folder beside the checkout and the environment variable `CI`. */
export interface RecordingPlace {
  readonly directory: string | undefined;
  /** Whether a missing folder is a failure instead of a smaller run. */
  readonly isRequired: boolean;
}

interface ManifestRow {
  readonly id: string;
  readonly file: string;
  readonly format: string;
  readonly mode: string;
  readonly status: number;
  readonly features: readonly string[];
  readonly kind: string;
}

function defaultPlace(): RecordingPlace {
  return { directory: findFixturesDirectory(), isRequired: Boolean(process.env['CI']) };
}

/**
 * Recorded traffic of a format, in the manifest's order. Empty when the folder is missing: loop over it inside a test
 * (`it.each` refuses an empty table) and print `missingRecordingsNotice()`.
 * @throws Error when the format has no recordings at all, and in CI when the folder is missing
 */
export function loadRecordings(format: RecordedFormat, place: RecordingPlace = defaultPlace()): readonly Recording[] {
  if (!Object.hasOwn(RECORDING_COUNTS, format)) {
    throw new Error(`no recordings of ${format}; there are some of ${Object.keys(RECORDING_COUNTS).join(', ')}`);
  }
  const { directory } = place;
  if (directory === undefined) {
    if (place.isRequired) throw new Error(`${missingSentence()} CI must have them.`);
    return [];
  }
  // the manifest is ours and generated; its shape is covered by the spec
  const rows = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as readonly ManifestRow[];
  const manifestName = MANIFEST_NAMES[format] ?? format;
  return rows
    .filter((row) => row.format === manifestName)
    .map((row) => ({
      id: row.id,
      mode: modeOf(row),
      status: row.status,
      body: readFileSync(join(directory, row.file)),
      features: row.features,
      kind: row.kind,
    }));
}

/** A sentence saying how many recordings a run does without, or `undefined` when they are all there. */
export function missingRecordingsNotice(place: RecordingPlace = defaultPlace()): string | undefined {
  return place.directory === undefined ? missingSentence() : undefined;
}

function modeOf(row: ManifestRow): Recording['mode'] {
  if (row.status >= 400) return 'error';
  return row.mode === 'stream' ? 'stream' : 'json';
}

function missingSentence(): string {
  const total = Object.values(RECORDING_COUNTS).reduce((sum, count) => sum + count, 0);
  return `This run did without ${total} recordings of vendor traffic: there is no folder shared/fixtures beside the checkout.`;
}
