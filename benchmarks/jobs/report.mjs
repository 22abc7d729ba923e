// The last line a job prints: how long it took behind its imports, and the most memory it had.
import { readFileSync } from 'node:fs';

/** @param {number} start `performance.now()` behind the imports */
export function report(start) {
  const insideMs = performance.now() - start;
  console.log(JSON.stringify({ insideMs, peakMB: peakMB() }));
}

/** On Linux the process's own high-water mark: `maxRSS` begins with what its parent had when it was started. */
function peakMB() {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
