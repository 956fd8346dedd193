import { createHash } from 'node:crypto';
import type { FuzzInput } from '../cells/cell.js';
import type { Finding } from './finding.js';

const BYTES_PER_LINE = 60;
const HASH_CHARS = 10;

/** A file that shows a defect again: a header in JSON, then the input's bytes in hexadecimal. */
export function writeReproduction(
  { cell, input, signature, message }: Finding,
  seed: number,
  iteration: number,
): string {
  const { cuts, variant, bytes } = input;
  const header = { cell, seed, iteration, variant, cuts, signature, message };
  const lines = bytes.toString('hex').match(new RegExp(`.{1,${2 * BYTES_PER_LINE}}`, 'g')) ?? [];
  return `${JSON.stringify(header)}\n${lines.join('\n')}\n`;
}

/** @throws Error when the text is no reproduction */
export function readReproduction(text: string): { readonly cell: string; readonly input: FuzzInput } {
  const [header = '', ...lines] = text.split('\n');
  const { cell, cuts, variant } = JSON.parse(header) as Record<string, unknown>; // checked below
  if (typeof cell !== 'string' || !Array.isArray(cuts) || typeof variant !== 'number') {
    throw new Error('the file is no reproduction: its first line must name cell, cuts and variant');
  }
  return { cell, input: { cuts: cuts.map(Number), variant, bytes: Buffer.from(lines.join(''), 'hex') } };
}

/** A name that the same defect of the same cell gets again. */
export function reproductionName({ cell, signature }: Finding): string {
  const hash = createHash('sha256').update(signature).digest('hex').slice(0, HASH_CHARS);
  return `${cell.replaceAll('/', '-')}-${hash}.hex`;
}
