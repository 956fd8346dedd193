import { existsSync, writeFileSync } from 'node:fs';
import { parseBenchOptions, USAGE, type BenchOptions } from './bench-options.js';
import { renderReport } from './report.js';
import { runBench, type BenchReport } from './run-bench.js';

/** `npm run bench`. Exit 0 = every answer was right, 1 = some were not (or --strict and a "must" missed), 2 = it could not run. */
const EXIT_FAILED = 1;
const EXIT_UNUSABLE = 2;
const EXIT_INTERRUPTED = 130;
/** What the last measurement may take beyond the run's own limit, before everything is cut off. */
const GRACE_MS = 60_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(EXIT_INTERRUPTED)); // 'exit' kills the children

const startedAt = performance.now();
const options = readOptions();
setTimeout(() => {
  console.error('the bench did not come to its end in time');
  process.exit(EXIT_UNUSABLE);
}, options.pace.totalMs + GRACE_MS).unref();

try {
  const report = await runBench(options, showProgress);
  if (options.jsonFile !== undefined) writeFileSync(options.jsonFile, renderJson(report, options));
  console.log(`\n${renderReport(report)}`);
  if (options.isQuick) console.log('\nQuick run: a sanity check, not a verdict.');
  process.exit(hasFailed(report) ? EXIT_FAILED : 0);
} catch (error) {
  console.error(error);
  process.exit(EXIT_UNUSABLE);
}

function readOptions(): BenchOptions {
  try {
    if (!existsSync('/proc/self/stat')) throw new Error('the bench reads CPU time from /proc: it needs Linux');
    return parseBenchOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(EXIT_UNUSABLE);
  }
}

function showProgress(line: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${line}`);
}

function hasFailed({ faults, verdicts }: BenchReport): boolean {
  return faults.count > 0 || (options.isStrict && verdicts.some(({ outcome }) => outcome === 'missed'));
}

function renderJson(
  { samples, verdicts, faults, peerFaults, pinning, loadBefore }: BenchReport,
  { isQuick, pace }: BenchOptions,
): string {
  const rows = verdicts.map(({ goal, ...verdict }) => ({
    row: goal.id,
    must: goal.must,
    wanted: goal.wanted,
    ...verdict,
  }));
  const run = { node: process.version, isQuick, rounds: pace.rounds, pinning, loadBefore };
  const wrongAnswers = { ours: faults, peers: peerFaults };
  return `${JSON.stringify({ run, rows, wrongAnswers, samples: samples.list() }, null, 2)}\n`;
}
