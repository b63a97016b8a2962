import { readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { SingleBar } from 'cli-progress';
import { HubClient, HubRefused, type FileAtHub, type ReadyCase } from './ask-hub.ts';
import { mostFileBytes } from './decode-sheet.ts';
import type { ImportOrder } from './read-arguments.ts';

/** Where a run writes, and whether somebody can be asked. */
export type Terminal = { say: (line: string) => void; complain: (line: string) => void; canAsk: boolean };

/** How a run ended: all is well; something in the file is not; it could not be done. */
export type ExitCode = 0 | 1 | 2;

const pollMs = 300;
const casesShown = 10;

/** Sends a file of cases to a hub, says what is wrong with it, and has its cases created. */
export async function runImport(order: ImportOrder, terminal: Terminal): Promise<ExitCode> {
  const size = statSync(order.file).size;
  if (size > mostFileBytes) {
    terminal.complain(
      `The file may have ${mostFileBytes} bytes; send it in parts, all rows of a case in one.`,
    );
    return 2;
  }
  let isWaiting = false;
  const hub = new HubClient(order, () => {
    if (!isWaiting) terminal.complain('The hub does not answer. It is asked again …');
    isWaiting = true;
  });
  const sent = await hub.upload(readFileSync(order.file));
  if (sent.state === 'importing') {
    terminal.say('This file was confirmed before: it goes on where it was.');
    return finish(await follow(hub, sent, 'Creating'), terminal);
  }
  const checked = await follow(hub, sent, 'Checking');
  if (checked.state === 'discarded')
    throw new HubRefused('The file was thrown away meanwhile: run it again.');
  sayReport(checked, await hub.readyCases(sent.id, casesShown), terminal);
  const { ready, wrong, differs, failed } = checked.counts;
  const isWhole = wrong + differs + failed === 0;
  if (
    order.dryRun ||
    ready === 0 ||
    !(isWhole || order.leaveOut) ||
    !(await isWanted(order, ready, terminal))
  ) {
    await hub.discard(sent.id);
    if (ready > 0 || !isWhole) terminal.say('Nothing was created.');
    return isWhole ? 0 : 1;
  }
  const confirmed = await hub.confirm(sent.id, order.leaveOut);
  return finish(await follow(hub, confirmed, 'Creating'), terminal);
}

/** Follows the hub's work on a file to its end, with a bar where there is a terminal, and a line now and then elsewhere. */
async function follow(hub: HubClient, file: FileAtHub, doing: 'Checking' | 'Creating'): Promise<FileAtHub> {
  const bar = new SingleBar({
    format: `${doing} {bar} {percentage} % | {value} of {total} cases`,
    ...{ stream: process.stderr, noTTYOutput: true, notTTYSchedule: 1_000, hideCursor: null },
  });
  bar.start(file.progress.of, file.progress.done);
  try {
    let now = file;
    while (now.state === 'checking' || now.state === 'importing') {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      now = await hub.read(file.id);
      bar.update(now.progress.done);
    }
    return now;
  } finally {
    bar.stop();
  }
}

function sayReport(file: FileAtHub, ready: readonly ReadyCase[], { say, complain }: Terminal): void {
  const { rows, cases, notRead } = file.file;
  say(`${count(rows, 'row')}, ${count(cases, 'case')}.`);
  for (const heading of notRead) say(`The column "${heading}" is none of the template and is not read.`);
  for (const { row, column, message } of file.errors) complain(`Row ${row}, ${column}: ${message}`);
  if (file.errorCount > file.errors.length) complain(`… and ${file.errorCount - file.errors.length} more.`);
  const { counts } = file;
  if (counts.wrong > 0) say(`With errors: ${count(counts.wrong, 'case')}.`);
  if (counts['already-there'] > 0)
    say(`There already, and alike: ${count(counts['already-there'], 'case')}.`);
  if (counts.differs > 0)
    say(`Other than at the hub, which stays as it is: ${count(counts.differs, 'case')}.`);
  if (counts.ready === 0) return;
  say(`Can be created: ${count(counts.ready, 'case')}, with ${count(file.deadlines, 'deadline')}:`);
  for (const { urn, makes, firstDates } of ready) {
    const first = firstDates
      .map(({ title, actionDue, legalDue }) => `${(actionDue ?? legalDue ?? '').slice(0, 10)} ${title}`)
      .join('; ');
    say(`  ${urn}: ${count(makes?.deadlines ?? 0, 'deadline')}. First: ${first === '' ? 'none' : first}`);
  }
  if (counts.ready > ready.length) say(`  … and ${counts.ready - ready.length} more.`);
}

async function isWanted(order: ImportOrder, ready: number, { canAsk }: Terminal): Promise<boolean> {
  if (order.yes || !canAsk) return true;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`Create ${count(ready, 'case')}? [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}

function finish({ counts, errors }: FileAtHub, { say, complain }: Terminal): ExitCode {
  say(`Created: ${count(counts.created, 'case')}.`);
  if (counts['already-there'] > 0) say(`There already: ${count(counts['already-there'], 'case')}.`);
  const left = counts.wrong + counts.differs + counts.failed;
  if (left === 0) return 0;
  for (const { row, column, message } of errors) complain(`Row ${row}, ${column}: ${message}`);
  say(`Not created: ${count(left, 'case')}.`);
  return 1;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
