import { stdout } from 'node:process';
import { answersFor } from './asked-facts.ts';

/** Prints what the calculator says for a seed, a line each: run in child processes with other time zones. */
const [seed = '0', perRule = '1'] = process.argv.slice(2);
stdout.write(answersFor(Number(seed), Number(perRule)).join('\n'));
