import { isTrained } from './assignment-rules.ts';
import { cumulative, dayOf, earliestFirst, leastLate, type Cumulative, type Late } from './forecast.ts';
import { familiesOf, type TeamMember, type TeamPiece } from './skill-families.ts';

/**
 * What a team will be late with as things are: each does their own work, and whoever could finish it first takes what
 * is in the pool and what they are trained for, all of it earliest due first. What nobody can take is late.
 */
export function simulateTeam(pieces: readonly TeamPiece[], team: readonly TeamMember[]): Late[] {
  const people = team.map(({ id, skills, byDay }) => ({
    id,
    skills,
    capacity: cumulative(byDay),
    worked: 0,
  }));
  const byId = new Map(people.map((person) => [person.id, person]));
  return [...pieces].sort(earliestFirst).flatMap((piece) => {
    const person =
      piece.owner === null
        ? firstToFinish(
            people.filter(({ skills }) => isTrained(skills, piece.skills)),
            piece.minutes,
          )
        : byId.get(piece.owner);
    if (person === undefined) return [{ id: piece.id, doneOn: null }];
    person.worked += piece.minutes;
    const doneOn = dayOf(person.capacity, person.worked);
    const isLate = piece.day < person.capacity.length && (doneOn === null || doneOn > piece.day);
    return isLate ? [{ id: piece.id, doneOn }] : [];
  });
}

type Busy = { id: string; capacity: Cumulative; worked: number };

function firstToFinish<P extends Busy>(people: readonly P[], minutes: number): P | undefined {
  let best: { person: P; day: number; left: number } | undefined;
  for (const person of people) {
    const day = dayOf(person.capacity, person.worked + minutes) ?? Infinity;
    const left = (person.capacity.at(-1) ?? 0) - person.worked;
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
  const bounds = familiesOf(pieces, team).map(
    ({ work, members }) => leastLate(work, cumulative(addUp(members))).length,
  );
  return Math.max(0, ...bounds);
}

/** The minutes of several people, day by day. */
export function addUp(members: readonly TeamMember[]): number[] {
  const days = Math.max(0, ...members.map(({ byDay }) => byDay.length));
  return Array.from({ length: days }, (_, day) =>
    members.reduce((sum, { byDay }) => sum + (byDay[day] ?? 0), 0),
  );
}
