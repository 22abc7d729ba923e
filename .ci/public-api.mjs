// The public API as one reviewed file: what each entry exports, as TypeScript declares it. --check compares, else it is written.
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const FILE = 'docs/public-api.md';
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.entries(exports).filter(([, target]) => typeof target === 'object').map(([name, target]) => [name, target.import.types]);

const program = ts.createProgram(entries.map(([, file]) => file), { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022, skipLibCheck: true });
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });
const seen = new Map();

let text = '# Public API\n\nWritten by `npm run api` from the built declarations and compared in CI: a change here is a change for users.\n';
for (const [name, file] of entries) {
  const entry = `clientele${name.slice(1)}`;
  text += `\n## \`${entry}\`\n\n\`\`\`ts\n${declarations(program.getSourceFile(file), entry).join('\n')}\n\`\`\`\n`;
}

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} differs from the built API. Run \`npm run build && npm run api\`, review the difference, and commit it.`);
  process.exit(1);
}

function declarations(source, entry) {
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return symbols.map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const first = seen.get(target);
    if (first !== undefined) return `${symbol.name}  // as in ${first}`;
    seen.set(target, entry);
    return target.declarations.map((d) => {
      const statement = ts.isVariableDeclaration(d) ? d.parent.parent : d;
      return printer.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile());
    }).join('\n');
  });
}
