import type { CivilDate } from '../../calendar/civil-date.ts';
import type { Away } from '../../staff/away.ts';

/** Somebody who has cases, and what they can do in the days looked at. */
export type CaseloadPerson = {
  id: string;
  name: string;
  team: string;
  skills: readonly string[];
  absences: readonly Away[];
  /** Minutes in those days. */
  capacity: number;
  /** They are here, and work in the days looked at. */
  receives: boolean;
};

/** An open case that somebody has, with what deciding on it needs. */
export type CaseloadCase = {
  id: string;
  urn: string;
  version: number;
  team: string;
  owner: string;
  isRestricted: boolean;
  visibleTo: readonly string[];
  skills: readonly string[];
  barred: readonly string[];
  complexity: 'simple' | 'standard' | 'complex';
  hasEnhancedRights: boolean;
  hearingOn: CivilDate | null;
  /** The first day on which a limit that ends the case or frees somebody runs out; it may be past. */
  limitOn: CivilDate | null;
  /** A custody time limit that nobody has confirmed, or that is in dispute or expired so. */
  isLimitUnconfirmed: boolean;
  /** Victims and witnesses whom its caseworker has spoken to. */
  reachedByOwner: number;
  /** The last time that it changed hands; what was taken back never did. */
  changedHandsOn: CivilDate | null;
  notedAt: string | null;
  notedOn: CivilDate | null;
  /** The name of whoever has one of its tasks in hand. */
  heldBy: string | null;
  /** By whom (their name) and why. */
  pinned: { by: string; at: string; reason: string } | null;
  /** Covered by somebody of that name. */
  cover: { by: string; until: CivilDate } | null;
};

/** Work of somebody in one case, or of no case: minutes, and the first day on which some of it is due. */
export type CaseloadWork = { caseId: string | null; assignee: string; minutes: number; dueOn: CivilDate };

/** Everything that a plan is made of. */
export type Caseload = {
  today: CivilDate;
  until: CivilDate;
  people: readonly CaseloadPerson[];
  work: readonly CaseloadWork[];
  cases: readonly CaseloadCase[];
};
