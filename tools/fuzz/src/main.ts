import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError } from './findings/finding.js';
import { readReproduction } from './findings/reproduction.js';
import { parseFuzzOptions, USAGE, type FuzzOptions } from './fuzz-options.js';
import { faultOf } from './run/fuzz.js';
import { shippedCells } from './run/shipped-cells.js';
import { watchWorker } from './run/watch-worker.js';

/** `npm run fuzz`. Exit 0 = nothing was found, 1 = something was, 2 = it could not run. */
const EXIT_FOUND = 1;
const EXIT_UNUSABLE = 2;
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

process.exitCode = await main();

async function main(): Promise<number> {
  let options: FuzzOptions;
  try {
    options = parseFuzzOptions(process.argv.slice(2), Date.now() >>> 0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return EXIT_UNUSABLE;
  }
  return options.replay === undefined ? run(options) : replay(options.replay);
}

async function run(options: FuzzOptions): Promise<number> {
  const { seed, from, iterations, out } = options;
  const startedAt = performance.now();
  let found = 0;
  console.log(`seed ${seed}, iterations ${from} to ${from + iterations - 1}`);
  const outcome = await watchWorker({
    root: ROOT,
    options,
    onStart: (cells) => console.log(`${cells.length} cells: ${cells.join(', ')}`),
    onProgress: (iteration) => {
      const seconds = (performance.now() - startedAt) / 1000;
      console.log(`[${seconds.toFixed(0).padStart(4)} s] iteration ${iteration}, ${found} found`);
    },
    onFinding: ({ title, file, text }) => {
      found += 1;
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, file), text);
      console.log(`FOUND ${title}\n      seed ${seed}, reproduction ${join(out, file)}`);
    },
  });
  if (outcome.type === 'stuck') {
    console.log(`FOUND iteration ${outcome.iteration}: ${outcome.reason}`);
    console.log(`      again: --seed ${seed} --from ${outcome.iteration} --iterations 1`);
    return EXIT_FOUND;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `${iterations} iterations in ${seconds.toFixed(0)} s, seed ${seed}: ${found === 0 ? 'nothing' : found} found`,
  );
  return found === 0 ? 0 : EXIT_FOUND;
}

function replay(file: string): number {
  const { cell: name, input } = readReproduction(readFileSync(file, 'utf8'));
  const cell = shippedCells(ROOT).find((each) => each.name === name);
  if (cell === undefined) throw new Error(`there is no cell ${name} any more`);
  console.log(`${name}, ${input.bytes.length} bytes:\n${input.bytes.toString()}\n`);
  const error = faultOf(cell, input);
  console.log(error === undefined ? 'Nothing is wrong with it.' : describeError(error));
  return error === undefined ? 0 : EXIT_FOUND;
}
