import { HubClient, HubRefused } from './intake/ask-hub.ts';
import { readArguments, usage } from './intake/read-arguments.ts';
import { runImport } from './intake/run-import.ts';

// `npm run import -- cases.csv`: cases from a spreadsheet into a hub that is running, a demo or production, over HTTP.
const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function run(): Promise<number> {
  const read = readArguments(process.argv.slice(2), process.env);
  if (read.kind === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (read.kind === 'wrong') {
    complain(`import: ${read.problem}\n\n${usage}`);
    return 2;
  }
  if (read.kind === 'template') {
    process.stdout.write(await new HubClient(read.order, () => undefined).template());
    return 0;
  }
  return runImport(read.order, { say, complain, canAsk: process.stdin.isTTY && process.stderr.isTTY });
}

try {
  process.exitCode = await run();
} catch (error) {
  // The hub's own words, or the file system's about the file that was named.
  const isKnown = error instanceof HubRefused || (error instanceof Error && 'code' in error);
  complain(isKnown ? error.message : `import could not be done: ${String(error)}`);
  process.exitCode = error instanceof HubRefused && error.isOfFile ? 1 : 2;
}
