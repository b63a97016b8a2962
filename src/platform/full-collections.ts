import { setFlagsFromString } from 'node:v8';

/** By how much what lives on may grow before all of it is looked through again: to four times, the most that V8 chooses itself. */
const growingPercent = 300;

/**
 * Makes full collections of garbage rare in a process that answers people. V8 goes by how fast old objects become more, and
 * the few kilobytes that each request leaves (see `takeRows` in db/hot-statement.ts) had it look through everything every five
 * seconds of a busy hub: a tenth of a second in which all answers take three times as long. It costs memory: some hundred
 * megabytes more before it is given back.
 */
export function makeFullCollectionsRare(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
}
