export const complexities = ['simple', 'standard', 'complex'] as const;
export type Complexity = (typeof complexities)[number];

/** Minutes that somebody has set for a kind of task, by how complex its case is. */
export type KindMinutes = { kind: string } & Record<Complexity, number>;

/**
 * In hundredths of what is usual: what a task takes in a case that is simpler or more complex than most, and within what
 * four in five are done where no team has learned it.
 */
export type EffortShares = { simple: number; complex: number; cautious: number };

/** Defaults of the hub; nobody has measured them. */
export const usualShares: EffortShares = { simple: 80, complex: 150, cautious: 150 };

/**
 * What is known of how long work takes: what the teams have learned (the median, by `learnedKey`), and what is set by
 * the force for every team (`hub`) and by a team for its own.
 */
export type KnownEffort = {
  shares: EffortShares;
  minutes: ReadonlyMap<string, readonly KindMinutes[]>;
  learned: ReadonlyMap<string, number>;
};

export const nothingKnown: KnownEffort = { shares: usualShares, minutes: new Map(), learned: new Map() };

export function learnedKey({ team, kind }: { team: string; kind: string }, complexity: string): string {
  return `${team} ${kind} ${complexity}`;
}

/**
 * The minutes of a task: what its team has learned, else what the team has set for its kind, else what the force has,
 * else those of its kind by how complex its case is. Whole minutes, at least one.
 */
export function minutesOf(
  { shares, minutes, learned }: KnownEffort,
  task: { team: string; kind: string; ofKind: number },
  complexity: Complexity,
): number {
  const known = learned.get(learnedKey(task, complexity));
  if (known !== undefined) return known;
  for (const scope of [task.team, 'hub']) {
    const set = minutes.get(scope)?.find(({ kind }) => kind === task.kind);
    if (set !== undefined) return set[complexity];
  }
  const share = complexity === 'standard' ? 100 : shares[complexity];
  return Math.max(1, Math.round((task.ofKind * share) / 100));
}
