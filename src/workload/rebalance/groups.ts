import type { Movable, Planned, Planning } from './planning.ts';

/** People who are alike for the programme: of one team, trained in the same, named on the same restricted cases. */
export type Group = { members: number[] };

/** Cases that the same groups can take. */
export type Class = { takers: number[] };

/** All by the places of people and cases; who receives nothing is in no group, which is -1. */
export type Grouped = {
  groups: Group[];
  groupOf: Int32Array;
  classes: Class[];
  classOf: Int32Array;
  ownerOf: Int32Array;
};

/**
 * Receivers grouped by team and skills, and cases by the groups that can take them: the programme then has a column
 * for each case and a few for each pair of class and group, and not one for each case and person. Whoever is named on
 * a restricted case is a group of their own, so that no more is promised of it than is true. A conflict of
 * interest bars one person of a group and is left to the choice of the person. Pure.
 */
export function group({ people, cases }: Pick<Planning, 'people' | 'cases'>): Grouped {
  const named = new Set<string>();
  cases.forEach((one) => one.named.forEach((id) => named.add(id)));
  const groupKeys = people.map((person) => (person.receives ? keyOfPerson(person, named) : null));
  const groupOf = new Int32Array(people.length).fill(-1);
  const groups: Group[] = [];
  const byKey = new Map<string, number>();
  for (const [i, key] of groupKeys.entries()) {
    if (key === null) continue;
    const g = byKey.get(key) ?? groups.push({ members: [] }) - 1;
    byKey.set(key, g);
    groups[g]?.members.push(i);
    groupOf[i] = g;
  }
  const first = groups.map(({ members }) => people[members[0] ?? 0]);
  const classes: Class[] = [];
  const classOf = new Int32Array(cases.length);
  const ownerOf = new Int32Array(cases.length);
  const index = new Map(people.map(({ id }, i) => [id, i]));
  const byWants = new Map<string, number>();
  const classFor = (one: Movable, key: string): number => {
    const known = byWants.get(key);
    if (known !== undefined) return known;
    const takers = groups.flatMap((_, g) => (canTake(first[g], one) ? [g] : []));
    const k = classes.push({ takers }) - 1;
    byWants.set(key, k);
    return k;
  };
  cases.forEach((one, j) => {
    classOf[j] = classFor(one, keyOfCase(one));
    ownerOf[j] = index.get(one.owner) ?? -1;
  });
  return { groups, groupOf, classes, classOf, ownerOf };
}

function sorted(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : [...words].sort().join(' ');
}

/** Most cases take no skill and name nobody: their key is their team, without a string made of it. */
function keyOfCase({ team, skills, named }: Movable): string {
  return skills.length === 0 && named.length === 0 ? team : `${team}|${sorted(skills)}|${sorted(named)}`;
}

function keyOfPerson({ id, team, skills }: Planned, named: ReadonlySet<string>): string {
  return `${team}|${sorted(skills)}|${named.has(id) ? id : ''}`;
}

function canTake(person: Planned | undefined, one: Movable): boolean {
  return (
    person !== undefined &&
    person.team === one.team &&
    one.skills.every((skill) => person.skills.includes(skill)) &&
    (one.named.length === 0 || one.named.includes(person.id))
  );
}
