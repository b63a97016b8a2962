import type { Method } from './find-plan.ts';
import type { Worth } from './planning.ts';

/** A move as it is proposed: by the case's id, and in the version that was looked at. */
export type ProposedMove = {
  caseId: string;
  caseUrn: string;
  caseVersion: number;
  from: string;
  to: string;
  minutes: number;
  cost: number;
  reason: string;
};

export type PersonStanding = {
  id: string;
  name: string;
  team: string;
  capacityMinutes: number;
  loadMinutes: number;
  fairShareMinutes: number;
  /** Above their fair share and what is allowed beside it. */
  overload: number;
  cases: number;
};

/** How things stand, or would. */
export type Standing = Worth & { fairness: number; people: PersonStanding[] };

/** A case that stays, and why. */
export type Pinned = { caseId: string; caseUrn: string; caseworker: string; reason: string };

export type Proposal = {
  moves: ProposedMove[];
  pinned: Pinned[];
  before: Standing;
  after: Standing;
  lowerBound: Worth;
  gap: number;
  method: Method;
  /** Why it was not found by the programme. */
  methodBecause: string | null;
  /** The last day whose work was looked at. */
  until: string;
};
