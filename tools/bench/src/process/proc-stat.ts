import { readFileSync } from 'node:fs';

/** Linux reports CPU time to every process in ticks of 1/100 s, whatever the kernel's own rate (USER_HZ). */
const TICKS_PER_SECOND = 100;
const US_PER_TICK = 1_000_000 / TICKS_PER_SECOND;

/** CPU time that all threads of a process have used so far, in microseconds, with a resolution of 10 ms. */
export function readCpuUs(pid: number): number {
  return parseCpuUs(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Resident memory of a process now, in kilobytes. */
export function readRssKb(pid: number): number {
  return parseRssKb(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

/** utime + stime from the text of /proc/<pid>/stat. The second field is the command in parentheses and may contain spaces and parentheses. */
export function parseCpuUs(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // begins with field 3, the state
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isFinite(userTicks + systemTicks)) throw new Error(`not a /proc stat line: ${stat.slice(0, 60)}`);
  return (userTicks + systemTicks) * US_PER_TICK;
}

/** VmRSS from the text of /proc/<pid>/status. */
export function parseRssKb(status: string): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (match === null) throw new Error('no VmRSS in the process status');
  return Number(match[1]);
}
