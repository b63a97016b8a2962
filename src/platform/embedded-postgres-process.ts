import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startStopwatch } from './clock.ts';

/** A process that is running. Process ids are reused; the pair of pid and `startedAt` is not. */
export type RunningProcess = { pid: number; startedAt: string; command: string };

/** How a cluster's server is marked on its command line, so that a later start knows it for one of ours. */
export const clusterName = 'prosecution-hub';

/** The process with this id, or undefined when it is gone. A zombie counts as gone: it holds no file and no memory. */
export function findProcess(pid: number): RunningProcess | undefined {
  try {
    return process.platform === 'linux' ? readProc(pid) : readPs(pid);
  } catch {
    return undefined;
  }
}

function readProc(pid: number): RunningProcess | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  if (!state || !startedAt || state === 'Z' || state === 'X') return undefined;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  return { pid, startedAt, command };
}

function readPs(pid: number): RunningProcess | undefined {
  const line = execFileSync('ps', ['-ww', '-o', 'state=,lstart=,command=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  }).trim();
  const match = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/s.exec(line);
  if (!match?.[1] || !match[2] || match[1].startsWith('Z')) return undefined;
  return { pid, startedAt: match[2], command: match[3] ?? '' };
}

/**
 * What the process id in a cluster's `postmaster.pid` stands for today.
 * `ours`: a server of that cluster that this launcher started. `foreign`: a server of that cluster that somebody else
 * started. `unrelated`: gone, or the id now belongs to some other program, among them servers of other clusters.
 */
export function judgeServerProcess(pid: number, cluster: string): 'ours' | 'foreign' | 'unrelated' {
  const found = findProcess(pid);
  if (!found || !/(^|\/)(postgres|postmaster)( |$)/.test(found.command)) return 'unrelated';
  if (!worksIn(found, cluster)) return 'unrelated';
  return found.command.includes(`cluster_name=${clusterName}`) ? 'ours' : 'foreign';
}

function worksIn(found: RunningProcess, cluster: string): boolean {
  try {
    // A server's working folder is its cluster, however the command line spelled it.
    return readlinkSync(`/proc/${found.pid}/cwd`) === cluster;
  } catch {
    return `${found.command} `.includes(`-D ${cluster} `);
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until `condition` holds, looking every 10 ms; false when `limitMs` passed first. */
export async function waitUntil(condition: () => boolean, limitMs: number): Promise<boolean> {
  const elapsed = startStopwatch();
  while (!condition()) {
    if (elapsed() > limitMs) return false;
    await delay(10);
  }
  return true;
}
