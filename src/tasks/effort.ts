import type { cases } from '../../db/schema/index.ts';

type Complexity = (typeof cases.$inferSelect)['complexity'];

/** What a task takes in a case that is simpler or more complex than most: defaults of the hub, until it has learned. */
const shareOfUsual: Record<Complexity, number> = { simple: 0.8, standard: 1, complex: 1.5 };

/** The default minutes of a task: those of its kind, by how complex its case is. Whole minutes, at least one. */
export function defaultMinutes(ofKind: number, complexity: Complexity): number {
  return Math.max(1, Math.round(ofKind * shareOfUsual[complexity]));
}
