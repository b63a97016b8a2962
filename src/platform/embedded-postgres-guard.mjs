// Runs Postgres for a Node process and outlives it: when that process ends, in whatever way, this one sees the end of
// its standard input and stops Postgres. Plain JavaScript, so that it starts without a loader.
//
// argv[2]: JSON { command, args, uid?, gid?, env, socketDir }
// stdin:   any byte means that Postgres has been ready once, from when on it is started again should it end;
//          the end of the stream means stop
// stdout:  one JSON line { pid } for each server started
// stderr:  the log, which Postgres inherits
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const plan = JSON.parse(process.argv[2]);
const immediateAfterMs = 15_000;
const killAfterMs = 20_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;

let server;
let stopping = false;
let hasBeenReady = false;
let pauseMs = firstPauseMs;

// Only Node's end counts: signals to a whole group must not take the server from under an orderly shutdown.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => {});
process.stdout.on('error', () => {});
process.stdin.on('data', () => {
  hasBeenReady = true;
  pauseMs = firstPauseMs;
});
process.stdin.on('end', stop);
process.stdin.on('error', stop);

start(undefined);

function start(previousPid) {
  // Told that a pid in a lock file cannot be a live server's, Postgres unlinks the file itself, after its own checks.
  const env = previousPid ? { ...plan.env, PG_GRANDPARENT_PID: String(previousPid) } : plan.env;
  const { command, args, uid, gid } = plan;
  const startedAt = performance.now();
  server = spawn(command, args, { uid, gid, env, cwd: '/', stdio: ['ignore', 2, 2] });
  server.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    finish(1);
  });
  if (server.pid === undefined) return;
  const { pid } = server;
  process.stdout.write(`${JSON.stringify({ pid })}\n`);
  server.once('exit', () => {
    if (stopping || !hasBeenReady) return finish(stopping ? 0 : 1);
    pauseMs = performance.now() - startedAt > 60_000 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    // The pause also lets the end of standard input arrive first when Node and Postgres are killed together.
    setTimeout(() => (stopping ? finish(0) : start(pid)), pauseMs);
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  if (server.exitCode !== null || server.signalCode !== null) return finish(0);
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), immediateAfterMs);
  setTimeout(() => server.kill('SIGKILL'), killAfterMs);
}

function finish(code) {
  if (stopping) rmSync(plan.socketDir, { recursive: true, force: true });
  process.exit(code);
}
