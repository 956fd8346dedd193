import { loadavg } from 'node:os';
import { type BenchOptions } from './bench-options.js';
import { GOALS, type Goal } from './goals.js';
import { ExchangeFactory } from './load/exchange-factory.js';
import { FaultLog } from './load/fault-log.js';
import { MEASURE_BY_KIND } from './measures/measure-by-kind.js';
import { type Metrics } from './metric.js';
import { MICRO_PHASES, type MicroPhase } from './micro/micro-phases.js';
import { PHASES, type Phase } from './phases.js';
import { ChildProcesses } from './process/child-processes.js';
import { pinCores } from './process/core-pinning.js';
import { startMock, type RunningMock } from './running-mock.js';
import { askOnce, startTarget, type RunningTarget, type StartContext } from './running-target.js';
import { Samples } from './samples.js';
import { rotate } from './statistics.js';
import { TARGETS, type Target, type TargetId } from './targets.js';
import { judge, skipKey, type Verdict } from './verdict.js';

export interface BenchReport {
  readonly samples: Samples;
  readonly verdicts: readonly Verdict[];
  /** Wrong answers of our own targets, and those of peers. */
  readonly faults: FaultLog;
  readonly peerFaults: FaultLog;
  readonly pinning: string;
  /** Load average of the last minute before the run. */
  readonly loadBefore: number;
}

/** Runs the phases that the chosen rows need. Rejects only when the bench itself cannot run. */
export async function runBench(options: BenchOptions, onProgress: (line: string) => void): Promise<BenchReport> {
  const children = new ChildProcesses();
  try {
    const pinning = pinCores();
    const loadBefore = loadavg()[0] ?? 0;
    onProgress(`${pinning.description}, load average ${loadBefore.toFixed(1)}`);
    const mock = await startMock(children, pinning);
    const goals = GOALS.filter(({ id }) => options.only?.includes(id) ?? true);
    const run = new BenchRun(options, mock, { children, pinning, mockPort: mock.httpPort }, onProgress);
    for (const phase of PHASES) {
      const targets = targetsFor(phase, goals, options);
      if (targets.length > 0) await run.measurePhase(phase, targets);
    }
    for (const phase of MICRO_PHASES) {
      if (goals.some((goal) => goal.phase === phase.id)) run.measureMicroPhase(phase);
    }
    const verdicts = goals.map((goal) => judge(goal, run.samples, run.skipped));
    const { samples, faults, peerFaults } = run;
    return { samples, verdicts, faults, peerFaults, pinning: pinning.description, loadBefore };
  } finally {
    children.killAll();
  }
}

/** All targets of the phase; with --only just those that the chosen rows compare. */
function targetsFor(phase: Phase, goals: readonly Goal[], { only }: BenchOptions): readonly TargetId[] {
  const rows = goals.filter((goal) => goal.phase === phase.id);
  if (rows.length === 0) return [];
  if (only === undefined) return phase.targets;
  const compared: readonly unknown[] = rows.flatMap(({ subject, against, addedTo }) => [
    subject,
    against,
    addedTo,
    'raw',
  ]);
  return phase.targets.filter((target) => compared.includes(target));
}

class BenchRun {
  readonly samples = new Samples();
  readonly skipped = new Map<string, string>();
  readonly faults = new FaultLog();
  readonly peerFaults = new FaultLog();
  /** Targets that stay up for the whole run; a string is the reason why one cannot be measured. */
  private readonly kept = new Map<TargetId, RunningTarget | string>();
  private readonly deadline: number;

  constructor(
    private readonly options: BenchOptions,
    private readonly mock: RunningMock,
    private readonly startContext: StartContext,
    private readonly onProgress: (line: string) => void,
  ) {
    this.deadline = performance.now() + options.pace.totalMs;
  }

  /** Rounds outside, targets inside, the order rotated: drift of the machine meets every target alike. */
  async measurePhase(phase: Phase, targets: readonly TargetId[]): Promise<void> {
    if (phase.client !== phase.upstream && !(await this.canTranslate(phase, targets))) return;
    for (let round = 0; round < this.options.pace.rounds; round++) {
      for (const id of rotate(targets, round)) {
        if (this.skipped.has(skipKey(phase.id, id))) continue;
        if (performance.now() > this.deadline) this.skip(phase, id, 'no time left');
        else await this.measureTarget(phase, TARGETS[id], round);
      }
    }
  }

  /** The same rounds, without processes: whoever is compared runs here, one after the other. */
  measureMicroPhase(phase: MicroPhase): void {
    const { pace } = this.options;
    for (let round = 0; round < pace.rounds; round++) {
      for (const target of rotate(phase.targets, round)) {
        const metrics = phase.measure(target, pace);
        this.samples.add({ phase: phase.id, target, round }, metrics);
        this.onProgress(`round ${round + 1}/${pace.rounds}  ${phase.id}  ${target}  ${show(metrics)}`);
      }
    }
  }

  /** Whether a translating target of the phase can do it yet: without one there is nothing to compare. */
  private async canTranslate(phase: Phase, targets: readonly TargetId[]): Promise<boolean> {
    for (const id of targets.filter((target) => TARGETS[target].translates)) {
      const running = await this.keep(TARGETS[id]);
      const refusal = typeof running === 'string' ? running : await this.probe(phase, running);
      if (refusal === undefined) return true;
      this.skip(phase, id, refusal);
    }
    return false;
  }

  private async measureTarget(phase: Phase, target: Target, round: number): Promise<void> {
    const { needsFreshTarget } = MEASURE_BY_KIND[phase.kind];
    const running = needsFreshTarget ? await startTarget(target, this.startContext) : await this.keep(target);
    if (typeof running === 'string') return this.skip(phase, target.id, running);
    try {
      const refusal = round === 0 ? await this.probe(phase, running) : undefined;
      if (refusal !== undefined) return this.skip(phase, target.id, refusal);
      const metrics = await this.measure(phase, running, round);
      this.samples.add({ phase: phase.id, target: target.id, round }, metrics);
      this.onProgress(`round ${round + 1}/${this.options.pace.rounds}  ${phase.id}  ${target.id}  ${show(metrics)}`);
    } catch (error) {
      this.skip(phase, target.id, error instanceof Error ? error.message : String(error));
    } finally {
      if (needsFreshTarget) await running.stop();
    }
  }

  private measure(phase: Phase, running: RunningTarget, round: number): Promise<Metrics> {
    const { pace } = this.options;
    return MEASURE_BY_KIND[phase.kind].measure({
      phase,
      running,
      exchanges: this.exchanges(phase, running),
      creditPort: this.mock.creditPort,
      pace,
      warmUp: round === 0 ? pace.firstWarmUp : pace.warmUp,
      onFault: (reason) => this.report(phase, running.target, reason),
    });
  }

  /** One exchange ahead of a phase. A refusal means that the target cannot do this yet; a wrong answer is a fault as well. */
  private async probe(phase: Phase, running: RunningTarget): Promise<string | undefined> {
    const exchanges = this.exchanges(phase, running);
    const isJson = phase.kind === 'json-load' || phase.kind === 'json-latency' || phase.kind === 'cold-start';
    const probe = isJson ? exchanges.json() : exchanges.stream({ id: 0, chunks: 4, pace: 'burst' }, () => undefined);
    const fault = await askOnce(running.port, probe);
    if (fault !== undefined && !fault.startsWith('HTTP ')) this.report(phase, running.target, fault);
    return fault;
  }

  private exchanges(phase: Phase, { target, port }: RunningTarget): ExchangeFactory {
    return new ExchangeFactory(phase, target, { target: port, mock: this.mock.httpPort });
  }

  private async keep(target: Target): Promise<RunningTarget | string> {
    const known = this.kept.get(target.id) ?? (await startTarget(target, this.startContext));
    this.kept.set(target.id, known);
    return known;
  }

  private report(phase: Phase, target: Target, reason: string): void {
    (target.isPeer ? this.peerFaults : this.faults).add(`${phase.id} ${target.id}`, reason);
  }

  private skip(phase: Phase, target: TargetId, reason: string): void {
    this.skipped.set(skipKey(phase.id, target), reason);
    this.onProgress(`left out  ${phase.id}  ${target}: ${reason}`);
  }
}

function show(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(([metric, value]) => `${metric} ${value.toFixed(1)}`)
    .join('  ');
}
