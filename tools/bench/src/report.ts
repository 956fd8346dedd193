import { type Goal } from './goals.js';
import { METRIC_LABELS, type Metric } from './metric.js';
import { type BenchReport } from './run-bench.js';
import { type Verdict } from './verdict.js';

const SHOWN_REASON_CHARACTERS = 90;
/** Above this load average something else was running. */
const QUIET_LOAD = 0.5;

/** The report as text: absolute figures, then one verdict per row, then what was wrong. */
export function renderReport(report: BenchReport): string {
  return [
    'Absolute figures (medians over the rounds; only the ratios below mean anything)',
    renderTable(figureRows(report)),
    '',
    'Goals',
    renderTable(verdictRows(report.verdicts)),
    ...(report.loadBefore > QUIET_LOAD ? ['', busyWarning(report.loadBefore)] : []),
    '',
    correctness(report),
  ].join('\n');
}

/** Columns as wide as their widest cell. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

function figureRows({ samples }: BenchReport): string[][] {
  const figures = samples.list();
  const targets = [...new Set(figures.map(({ target }) => target))];
  const names = [...new Set(figures.map(({ phase, metric }) => `${phase} ${metric}`))];
  const rows = names.map((name) => {
    const [phase = '', metric = ''] = name.split(' ');
    const cells = targets.map((target) => samples.median({ phase, target, metric: metric as Metric })); // the names were made from metrics
    return [
      phase,
      METRIC_LABELS[metric as Metric],
      ...cells.map((value) => (value === undefined ? '' : figure(value))),
    ];
  });
  return [['phase', 'figure', ...targets], ...rows];
}

function verdictRows(verdicts: readonly Verdict[]): string[][] {
  return [
    ['row', 'what', 'value', '[lowest–highest]', 'must', 'wanted', 'verdict'],
    ...verdicts.map((verdict) => [
      verdict.goal.id,
      verdict.goal.title,
      ...values(verdict),
      limit(verdict.goal, verdict.goal.must),
      limit(verdict.goal, verdict.goal.wanted),
      verdict.reason === undefined
        ? verdict.outcome.toUpperCase()
        : `not measured (${verdict.reason.slice(0, SHOWN_REASON_CHARACTERS)})`,
    ]),
  ];
}

function values({ goal, value, lowest, highest }: Verdict): [string, string] {
  if (value === undefined || lowest === undefined || highest === undefined) return ['–', ''];
  const unit = unitOf(goal);
  return [`${figure(value)}${unit}`, `[${figure(lowest)}–${figure(highest)}]`];
}

function limit(goal: Goal, value: number): string {
  return `${goal.direction === 'at-most' ? '≤' : '≥'} ${value}${unitOf(goal)}`;
}

function unitOf({ against }: Goal): string {
  return against === undefined ? '' : `× ${against}`;
}

function busyWarning(load: number): string {
  return `WARNING: load average ${load.toFixed(1)} before the start. Something else uses this machine; trust narrow spreads only.`;
}

function correctness({ faults, peerFaults }: BenchReport): string {
  const lines = [
    `Answers lost, doubled, reordered or wrong: ${faults.count}`,
    ...faults.kept.map((line) => `  ${line}`),
  ];
  if (peerFaults.count > 0) {
    lines.push(
      `Wrong answers of peers (no failure of ours): ${peerFaults.count}`,
      ...peerFaults.kept.map((line) => `  ${line}`),
    );
  }
  return lines.join('\n');
}

/** Three significant digits, whole numbers from 1000 on. */
function figure(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
