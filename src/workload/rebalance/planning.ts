/** Somebody whose work is to be shared out, in minutes of the days looked at. */
export type Planned = {
  id: string;
  team: string;
  skills: readonly string[];
  /** Minutes that they can work; 0 where they are away all along. */
  capacity: number;
  /** Minutes of what they keep whatever happens: pinned cases, single tasks of other people's cases. */
  fixed: number;
  /** Above this they are overloaded. Whole minutes. */
  line: number;
  /** Cases can be given to them. */
  receives: boolean;
};

/** A case that could leave whoever has it. Minutes and cost are whole and positive. */
export type Movable = {
  id: string;
  team: string;
  owner: string;
  minutes: number;
  /** What its leaving costs, whoever gets it. */
  cost: number;
  skills: readonly string[];
  /** Staff with a conflict of interest. */
  barred: readonly string[];
  /** The only people who may have it; empty for everybody. */
  named: readonly string[];
};

/** What is to be planned. Moves stay within a team. */
export type Planning = {
  people: readonly Planned[];
  cases: readonly Movable[];
  maxMoves?: number | undefined;
  /** Everything leaves that can, though nobody has room for it: what somebody who is away leaves behind. */
  everything?: boolean;
};

/** A case that changes hands, with its minutes and what that costs. */
export type Move = Pick<Movable, 'minutes' | 'cost'> & { caseId: string; from: string; to: string };

/** A plan's worth: overload in minutes first, then the cost of its moves. */
export type Worth = { overload: number; cost: number };

/** Whether somebody may be given a case: trained, named where it is restricted, free of conflicts, of the team. */
export function mayReceive(
  person: Pick<Planned, 'id' | 'team' | 'skills' | 'receives'>,
  one: Pick<Movable, 'team' | 'owner' | 'skills' | 'barred' | 'named'>,
): boolean {
  return (
    person.receives &&
    person.team === one.team &&
    person.id !== one.owner &&
    one.skills.every((skill) => person.skills.includes(skill)) &&
    !one.barred.includes(person.id) &&
    (one.named.length === 0 || one.named.includes(person.id))
  );
}

export type Loads = ReadonlyMap<string, number>;

/** The minutes that each person has as things are. */
export function loadsOf({ people, cases }: Pick<Planning, 'people' | 'cases'>): Loads {
  const loads = new Map(people.map(({ id, fixed }) => [id, fixed]));
  cases.forEach(({ owner, minutes }) => loads.set(owner, (loads.get(owner) ?? 0) + minutes));
  return loads;
}

/** The minutes that each person has once the moves are made. */
export function loadsAfter(before: Loads, moves: readonly Move[]): Loads {
  const loads = new Map(before);
  for (const { from, to, minutes } of moves) {
    loads.set(from, (loads.get(from) ?? 0) - minutes);
    loads.set(to, (loads.get(to) ?? 0) + minutes);
  }
  return loads;
}

/** What a plan is worth; without moves, what there is. */
export function worthOf(people: readonly Planned[], before: Loads, moves: readonly Move[]): Worth {
  const loads = loadsAfter(before, moves);
  return {
    overload: people.reduce((sum, { id, line }) => sum + Math.max(0, (loads.get(id) ?? 0) - line), 0),
    cost: moves.reduce((sum, { cost }) => sum + cost, 0),
  };
}

/** Whether one plan is better than another: less overload, or as much for less cost. */
export function isBetter(a: Worth, b: Worth): boolean {
  return a.overload < b.overload || (a.overload === b.overload && a.cost < b.cost);
}
