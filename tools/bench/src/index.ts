export { parseBenchOptions, type BenchOptions } from './bench-options.js';
export { runBench, type BenchReport } from './run-bench.js';
export { renderReport } from './report.js';
