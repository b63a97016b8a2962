import { isTrained } from './assignment-rules.ts';
import { createDiary, type Diary } from './diary.ts';
import { earliestFirst, fewestLate, isLate, type Late } from './forecast.ts';
import { familiesOf, type TeamMember, type TeamPiece } from './skill-families.ts';

/**
 * What a team will be late with as things are: each does their own work, and whoever could finish it first takes what
 * is in the pool and what they are trained for, all of it earliest due first. What nobody can take is late.
 */
export function simulateTeam(pieces: readonly TeamPiece[], team: readonly TeamMember[]): Late[] {
  const people = team.map(({ id, skills, byDay }) => ({
    id,
    skills,
    days: byDay.length,
    diary: createDiary(byDay),
  }));
  const byId = new Map(people.map((person) => [person.id, person]));
  const trained = new Map<string, typeof people>();
  const ableFor = (skills: readonly string[]) => {
    const key = skills.join(' ');
    const able = trained.get(key) ?? people.filter((one) => isTrained(one.skills, skills));
    trained.set(key, able);
    return able;
  };
  return [...pieces].sort(earliestFirst).flatMap((piece) => {
    const { id, minutes, release = 0, owner, skills } = piece;
    const person = owner === null ? firstToFinish(ableFor(skills), minutes, release) : byId.get(owner);
    if (person === undefined) return [{ id, doneOn: null }];
    const doneOn = person.diary.book(minutes, release);
    return isLate(piece, doneOn, person.days) ? [{ id, doneOn }] : [];
  });
}

function firstToFinish<P extends { diary: Diary }>(
  people: readonly P[],
  minutes: number,
  release: number,
): P | undefined {
  let best: { person: P; day: number; left: number } | undefined;
  for (const person of people) {
    const day = person.diary.finish(minutes, release) ?? Infinity;
    const left = person.diary.left();
    if (best === undefined || day < best.day || (day === best.day && left > best.left))
      best = { person, day, left };
  }
  return best?.person;
}

/**
 * A number of pieces that a team will be late with however the work is shared out and ordered: never more than the
 * true least. It is what one person would be late with who has all the minutes of the team; and the same for the
 * work that only those with some skills can do.
 */
export function teamBound(pieces: readonly TeamPiece[], team: readonly TeamMember[]): number {
  const bounds = familiesOf(pieces, team).map(({ work, members }) => fewestLate(work, addUp(members)));
  return Math.max(0, ...bounds);
}

/** The minutes of several people, day by day. */
export function addUp(members: readonly TeamMember[]): number[] {
  const days = Math.max(0, ...members.map(({ byDay }) => byDay.length));
  return Array.from({ length: days }, (_, day) =>
    members.reduce((sum, { byDay }) => sum + (byDay[day] ?? 0), 0),
  );
}
