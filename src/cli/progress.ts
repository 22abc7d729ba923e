/** A progress line on standard error, only where that is a terminal. */
export interface Progress {
  update(what: string, done: number, total: number | undefined): void;
  clear(): void;
}

/** Progress that is drawn at most ten times a second; silent when `quiet` or when standard error is no terminal. */
export function terminalProgress(quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY) return { update: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    update(what, done, total) {
      const now = Date.now();
      if (now - last < 100) return;
      last = now;
      const share = total === undefined || total === 0 ? '' : ` ${Math.floor((100 * done) / total)} %`;
      process.stderr.write(`\r\u001b[K${what}${share} (${Math.round(done / 1e6)} MB)`);
    },
    clear: () => process.stderr.write('\r\u001b[K') as unknown as undefined,
  };
}
