import { type BenchPace, type WarmUp } from '../bench-pace.js';
import { type ExchangeFactory } from '../load/exchange-factory.js';
import { type Metrics } from '../metric.js';
import { type Phase } from '../phases.js';
import { type RunningTarget } from '../running-target.js';

export interface MeasureContext {
  readonly phase: Phase;
  readonly running: RunningTarget;
  readonly exchanges: ExchangeFactory;
  readonly creditPort: number;
  readonly pace: BenchPace;
  /** Load before the measurement. */
  readonly warmUp: WarmUp;
  readonly onFault: (reason: string) => void;
}

/** One measurement of one target in one round. */
export type Measure = (context: MeasureContext) => Promise<Metrics>;
