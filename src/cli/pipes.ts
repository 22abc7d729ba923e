/** True for the error of writing to a reader that went away. */
export function isClosedPipe(e: unknown): boolean {
  const closed = (x: unknown): boolean => typeof x === 'object' && x !== null && 'code' in x && (x.code === 'EPIPE' || x.code === 'ERR_STREAM_DESTROYED');
  return closed(e) || (e instanceof Error && closed(e.cause));
}

/** Write text to standard output and wait until it is taken. */
export function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  return new Promise((done, failed) => stream.write(text, (e) => (e ? failed(e) : done())));
}
