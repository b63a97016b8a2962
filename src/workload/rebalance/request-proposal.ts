import type { Database } from '../../../db/connect.ts';
import { addDays } from '../../calendar/civil-date.ts';
import { addBusinessDays } from '../../calendar/holiday-calendar.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import { findActiveStaff, type Staff } from '../../staff/store.ts';
import { readMoveCosts } from '../move-costs.ts';
import type { Solver } from './find-plan.ts';
import type { Asked } from './prepare.ts';
import { propose } from './propose.ts';
import type { Proposal } from './proposal.ts';
import { readCaseload, type Reading } from './read-caseload.ts';

const teams = ['crime', 'traffic'] as const;
type Team = (typeof teams)[number];

/** What a senior asks for, as it was sent. */
export type ProposalAsked = {
  team?: Team | undefined;
  maxMoves?: number | undefined;
  cover?: { staffId: string; from: string; to: string } | undefined;
  newStarter?: string | undefined;
};

export type Planned = { asked: Asked; team: Team | null; proposal: Proposal };

/**
 * Reads how things stand and makes a proposal of it, outside any transaction: the solver may take seconds. What changes
 * meanwhile is found when the proposal is applied.
 * @returns `invalid` where somebody who is named is not a caseworker of the team, or the days are past
 */
export async function requestProposal(
  db: Database,
  viewer: string,
  wanted: ProposalAsked,
  reading: Reading,
  solver?: Solver,
): Promise<Planned | Failure> {
  const { now, calendar } = reading;
  const today = civilDateOf(now);
  const { cover, newStarter, maxMoves } = wanted;
  if (cover !== undefined && cover.to < cover.from) return invalidField('cover.to', 'is before from');
  if (cover !== undefined && cover.to < today) return invalidField('cover.to', 'is past');
  const person = await whoIsMeant(db, wanted);
  if (isFailure(person)) return person;
  const team = person?.team ?? wanted.team ?? null;
  const days = cover && { from: cover.from < today ? today : cover.from, to: cover.to };
  const asked: Asked = cover
    ? { kind: 'cover', ...cover }
    : newStarter === undefined
      ? { kind: 'balance' }
      : { kind: 'new-starter', staffId: newStarter };
  const caseload = await readCaseload(
    db,
    { teams: team === null ? teams : [team], ...(days && { days }) },
    reading,
  );
  const day = (workingDays: number) => {
    const found = addBusinessDays(calendar, today, workingDays);
    return typeof found === 'string' ? found : addDays(today, Math.ceil((workingDays * 7) / 5));
  };
  const { costs, workingDays: near } = await readMoveCosts(db);
  const limits = {
    costs,
    hearingUntil: day(near.hearing),
    limitUntil: day(near.limit),
    notesFrom: day(-near.notes),
    changedFrom: day(-near.changedHands),
  };
  const proposal = await propose(caseload, { asked, maxMoves, viewer, limits, nextDay: day(1) }, solver);
  return { asked, team, proposal };
}

async function whoIsMeant(
  db: Database,
  { cover, newStarter, team }: ProposalAsked,
): Promise<(Staff & { team: Team }) | null | Failure> {
  const id = cover?.staffId ?? newStarter;
  if (id === undefined) return null;
  const path = cover === undefined ? 'newStarter' : 'cover.staffId';
  const person = await findActiveStaff(db, id);
  if (person?.role !== 'caseworker' || person.team === null)
    return invalidField(path, 'is not a caseworker who works here');
  if (team !== undefined && person.team !== team) return invalidField(path, 'works for another team');
  return { ...person, team: person.team };
}
