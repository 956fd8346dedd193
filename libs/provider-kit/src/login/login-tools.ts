import type { Clock } from '@sluice/core';
import type { UpstreamHttp } from '../http/upstream-http.js';
import type { LoginStage } from './login-provider.js';

/** What every way to log in works with. */
export interface LoginTools extends LoginStage {
  readonly http: UpstreamHttp;
  readonly clock: Clock;
  /** Rejects when the signal fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<unknown>;
}
