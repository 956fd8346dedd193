/** What can be measured; the unit is part of the name. */
export type Metric =
  | 'cpuPerRequestUs'
  | 'requestsPerCore'
  | 'requestsPerSecond'
  | 'p50Us'
  | 'p99Us'
  | 'firstChunkUs'
  | 'cpuPerChunkUs'
  | 'framesPerSecond'
  | 'chunkDelayP50Us'
  | 'chunkDelayP99Us'
  | 'rssPerStreamKb'
  | 'idleRssMb'
  | 'startMs';

export type Metrics = Partial<Record<Metric, number>>;

export const METRIC_LABELS: Readonly<Record<Metric, string>> = {
  cpuPerRequestUs: 'CPU per request, µs',
  requestsPerCore: 'requests/s per core',
  requestsPerSecond: 'requests/s seen',
  p50Us: 'p50, µs',
  p99Us: 'p99, µs',
  firstChunkUs: 'first chunk p50, µs',
  cpuPerChunkUs: 'CPU per chunk, µs',
  framesPerSecond: 'frames/s, in process',
  chunkDelayP50Us: 'chunk delay p50, µs',
  chunkDelayP99Us: 'chunk delay p99, µs',
  rssPerStreamKb: 'memory per stream, kB',
  idleRssMb: 'idle RSS, MB',
  startMs: 'start to first 200, ms',
};
