import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLUGIN_MODULES } from '@sluice/distribution';
import { formatsOf } from '../cells/formats.js';
import { readReproduction } from '../findings/reproduction.js';
import { faultOf, fuzz } from './fuzz.js';
import { shippedCells } from './shipped-cells.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SEED = 20_260_301;
const ITERATIONS = 20_000;
const TIME_LIMIT_MS = 120_000;

const cells = shippedCells(ROOT);
const regressions = reproductions();

describe('the formats that we ship', () => {
  it('are all tried, from every side that they have', () => {
    const sides = formatsOf(PLUGIN_MODULES).flatMap(({ id, client, upstream }) => [
      ...(client === undefined ? [] : [`bodies/requests/${id}`]),
      ...(upstream === undefined ? [] : [`streams/refusals/${id}`]),
    ]);

    expect(cells.map(({ name }) => name)).toEqual(expect.arrayContaining(sides));
  });

  it.each(regressions)('do what they should with $file', ({ file }) => {
    expect(replay(file)).toBeUndefined();
  });

  it(
    'answer mutated inputs with a value or with an error of theirs, and with nothing else',
    () => {
      const findings = fuzz({ cells, seed: SEED, iterations: ITERATIONS });

      expect(findings.map(({ cell, message }) => `${cell}: ${message}`)).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
});

function reproductions(): readonly { readonly file: string }[] {
  return readdirSync(regressionsFolder()).map((file) => ({ file }));
}

function replay(file: string): unknown {
  const { cell: name, input } = readReproduction(readFileSync(join(regressionsFolder(), file), 'utf8'));
  const cell = cells.find((each) => each.name === name);
  if (cell === undefined) throw new Error(`there is no cell ${name}`);
  return faultOf(cell, input);
}

function regressionsFolder(): string {
  return join(ROOT, 'tools/fuzz/src/__fixtures__/regressions');
}
