import { openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startStopwatch } from './clock.ts';

/** Where the demo's log goes: a file, so that the terminal is left to the lines that are meant for a person. */
export type DemoLog = {
  /** For pino: takes one line of JSON. */
  write(line: string): void;
  /** Opens the file, and writes what came before. The log of the run before is kept beside it. */
  open(): void;
};

const sayAgainAfterMs = 60_000;
const mostWaiting = 1_000;

/**
 * The log of a demo, in `hub.log` of its data folder. Errors are also told to the person at the terminal in one line
 * each, the same one at most once a minute. Nothing is written before `open`: until then the folder may turn out to be
 * another process's. Where the file cannot be written the demo goes on without it.
 * @param say takes a line for the person at the terminal
 */
export function createDemoLog(dataDir: string, say: (line: string) => void): DemoLog {
  const file = join(dataDir, 'hub.log');
  const saidMs = new Map<string, number>();
  const elapsedMs = startStopwatch();
  let waiting: string[] = [];
  let handle: number | undefined;

  const keep = (text: string) => {
    if (handle === undefined) return;
    try {
      writeSync(handle, text);
    } catch {
      // A full disk, say: Postgres complains of that too, and is the one that matters.
    }
  };
  const tell = (line: string) => {
    const { level, msg } = JSON.parse(line) as { level: string; msg?: string };
    if (level !== 'error' && level !== 'fatal') return;
    const words = msg ?? 'something went wrong';
    const last = saidMs.get(words);
    if (last !== undefined && elapsedMs() - last < sayAgainAfterMs) return;
    saidMs.set(words, elapsedMs());
    say(`${level}: ${words} (more in ${file})`);
  };

  return {
    write: (line) => {
      if (handle !== undefined) keep(line);
      else if (waiting.length < mostWaiting) waiting.push(line);
      tell(line);
    },
    open: () => {
      try {
        renameSync(file, join(dataDir, 'hub.previous.log'));
      } catch {
        // The first run has no earlier log.
      }
      try {
        handle = openSync(file, 'a', 0o600);
      } catch (error) {
        say(`error: there will be no log: ${(error as Error).message}`);
      }
      keep(waiting.join(''));
      waiting = [];
    },
  };
}
