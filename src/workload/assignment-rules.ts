import type { Trait } from './case-traits.ts';

/**
 * One of a team's rules for giving out work: cases that have all the traits, and come from one of the stations, take
 * these skills, and go to one of these people while one of them can have it. An empty list says nothing.
 */
export type AssignmentRule = {
  name: string;
  traits: Trait[];
  stations: string[];
  skills: string[];
  to: string[];
};

/** What is asked of a case. */
export type Ruled = { traits: readonly string[]; station: string | null };

/** What the rules of a team say of a case: every skill that it takes, and who is to have it, by the first rule that says. */
export function ruled(rules: readonly AssignmentRule[], about: Ruled): { skills: string[]; to: string[] } {
  const apply = rules.filter(
    ({ traits, stations }) =>
      traits.every((trait) => about.traits.includes(trait)) &&
      (stations.length === 0 || (about.station !== null && stations.includes(about.station))),
  );
  return {
    skills: [...new Set(apply.flatMap(({ skills }) => skills))].sort(),
    to: apply.find(({ to }) => to.length > 0)?.to ?? [],
  };
}

/** Whether somebody has every skill that work takes. */
export function isTrained(skills: readonly string[], takes: readonly string[]): boolean {
  return takes.every((skill) => skills.includes(skill));
}
