/** Nanoseconds of the machine's monotonic clock, which every process here shares. Exact as a double for the first 104 days of uptime. */
export function monotonicNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e9 + nanoseconds;
}
