import { ClienteleError } from './errors.js';

/** The part of Node's `module` that is needed here. */
interface ModuleBuiltin {
  createRequire(from: string | URL): (name: string) => unknown;
}

/**
 * An optional peer, loaded when it is first asked for, so that its entry can be imported without it.
 *
 * The peer is looked for where this library is installed, then where the program runs. Loading is synchronous: Node from
 * 20.19 on can `require` ES modules, and gives the very module that `import` gives. Elsewhere (browsers, bundles) there
 * is nothing to look in, and the caller passes the module itself.
 *
 * @param where the public function, for messages
 * @param name the package
 * @param install the line that installs it
 * @param option how to pass the module: `{ arquero: aq }`
 * @throws ClienteleError `PEER_MISSING` with the install line
 */
export function loadPeer(where: string, name: string, install: string, option: string): unknown {
  let cause: unknown;
  for (const require of requires()) {
    try {
      return require(name);
    } catch (error) {
      if (!isNotFound(error, name)) throw error;
      cause = error;
    }
  }
  throw new ClienteleError('PEER_MISSING', { where }, `the package ${name} is not installed here.`, `Install it: ${install} - or, in a browser or bundle, pass it: ${where}(table, ${option}).`, cause);
}

function* requires(): Generator<(name: string) => unknown> {
  // Through `process`, as an `import` of Node's own would keep this file out of browsers.
  const { process: host } = globalThis as { process?: { cwd?(): string; getBuiltinModule?(name: string): unknown } };
  const builtin = host?.getBuiltinModule?.('module') as ModuleBuiltin | undefined;
  if (builtin === undefined) return;
  // In the CJS build tsup's `shims` put the file's own URL here.
  if (import.meta.url.startsWith('file:')) yield builtin.createRequire(import.meta.url);
  if (host?.cwd !== undefined) yield builtin.createRequire(`${host.cwd()}/index.js`);
}

/** True when the package itself is not there; an error inside it is another thing. */
function isNotFound(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') && String(message).includes(`'${name}'`);
}
