import { isTrained } from './assignment-rules.ts';
import type { Piece } from './forecast.ts';

/** A piece of a team's work: whose it is, or null for the pool, and what it takes. */
export type TeamPiece = Piece & { owner: string | null; skills: readonly string[] };

/** Somebody of the team: what they are trained in, and planned minutes of each day. */
export type TeamMember = { id: string; skills: readonly string[]; byDay: readonly number[] };

/** Work that takes one of some sets of skills, and everybody who can do some of it. */
export type Family = { skills: string[][]; work: TeamPiece[]; members: TeamMember[] };

/** With so many different sets of skills every union of them is looked at; with more, each alone and all together. */
const mostForUnions = 6;

/**
 * The families of a team's work by the skills that it takes. Where for one of them there is more work than its members
 * have minutes, no sharing out can do it (after P. Hall 1935); the last family is all the work and the whole team.
 */
export function familiesOf(pieces: readonly TeamPiece[], team: readonly TeamMember[]): Family[] {
  const keyed = pieces.map((piece) => ({ piece, key: keyOf(piece) }));
  const sets = new Map(keyed.map(({ piece, key }) => [key, [...piece.skills].sort()]));
  const keys = [...sets.keys()].sort();
  const unions =
    keys.length <= mostForUnions
      ? Array.from({ length: 2 ** keys.length - 1 }, (_, n) => keys.filter((_key, i) => ((n + 1) >> i) & 1))
      : [...keys.map((key) => [key]), keys];
  return unions.map((union) => {
    const skills = union.map((key) => sets.get(key) ?? []);
    return {
      skills,
      work: keyed.filter(({ key }) => union.includes(key)).map(({ piece }) => piece),
      members: team.filter((member) => skills.some((set) => isTrained(member.skills, set))),
    };
  });
}

function keyOf({ skills }: TeamPiece): string {
  return skills.length < 2 ? (skills[0] ?? '') : [...skills].sort().join(' ');
}
