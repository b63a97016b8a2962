import type { CivilDate } from '../../calendar/civil-date.ts';
import type { Away } from '../capacity.ts';

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
  /** Victims and witnesses whom its caseworker has spoken to. */
  reachedByOwner: number;
  changedHandsOn: CivilDate | null;
  notedAt: string | null;
  notedOn: CivilDate | null;
  heldBy: string | null;
  pinned: { by: string; at: string; reason: string } | null;
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
