/** Write text to standard output and wait until it is taken. */
export function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  return new Promise((done, failed) => stream.write(text, (e) => (e ? failed(e) : done())));
}
