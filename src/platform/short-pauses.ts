import { setFlagsFromString } from 'node:v8';

/** By how much what lives on may grow before all of it is looked through again: to four times, the most that V8 chooses itself. */
const growingPercent = 300;

/**
 * What V8 takes only where a process is started, for processes that answer people. Room for what a busy second of requests
 * makes, so that there are half as many short collections of garbage. And no looking through everything a second or two
 * after a busy spell, to give memory back: it takes a tenth of a second, in which the next to ask waits. V8 has begun to
 * plan that before any code runs, and from then on nothing stops it.
 */
export const flagsAtStart = [
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
  '--no-memory-reducer',
] as const;

/**
 * Keeps the pauses of a process that answers people few and short. Call it before anything else is done, in a process
 * started with `flagsAtStart`.
 *
 * V8 goes by how fast old objects become more, and the few kilobytes that each request leaves (see `sendOver` in
 * db/hot-statement.ts) had it look through everything every five seconds of a busy hub: a tenth of a second in which all
 * answers take three times as long. It costs memory: some hundred megabytes more before it is given back.
 *
 * It looks through young objects with several threads, and goes on when the last has ended. For the few that a hub keeps that
 * is slower where every processor is busy: the pause lasts until Postgres has left one to the threads that help.
 *
 * And where nearly all that one place in the code made was still in use when young objects were looked through, it makes
 * what comes from there among the old ones from then on. So it is after every jam: requests that wait for something, such as
 * the first count of a large pool, are all in use. From then on what a request makes, and all that hangs on it, stays until
 * everything is looked through: each short collection then copied megabytes and took eight milliseconds instead of one.
 */
export function makePausesShort(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--no-allocation-site-pretenuring');
}
