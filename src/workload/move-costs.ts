import type { Database, Transaction } from '../../db/connect.ts';
import { readPlanningSetting, type SettingKey } from './planning-settings.ts';

/**
 * What it costs that a case changes hands, by what is lost. One unit is a tenth of a move: the figures say how many
 * other moves would be made to spare this one. What falls due while its caseworker is away takes from the cost.
 */
export type MoveCosts = {
  move: number;
  contact: number;
  enhanced: number;
  hearing: number;
  limit: number;
  notes: number;
  complex: number;
  changedHands: number;
  absence: number;
};

/** Working days: how near a hearing or a limit is near, how late a note or a change of hands is late. */
export type NearDays = { hearing: number; limit: number; notes: number; changedHands: number };

export type MoveCostSetting = { costs: MoveCosts; workingDays: NearDays };

/** Defaults of the hub; nobody has measured them. */
export const usualMoveCosts: MoveCostSetting = {
  costs: {
    move: 10,
    contact: 15,
    enhanced: 10,
    hearing: 12,
    limit: 20,
    notes: 6,
    complex: 5,
    changedHands: 8,
    absence: -6,
  },
  workingDays: { hearing: 10, limit: 5, notes: 10, changedHands: 20 },
};

export const moveCostsKey: SettingKey = { name: 'move-costs', scope: 'hub' };

/** What moving a case costs, as the force has set it or by default. */
export async function readMoveCosts(db: Database | Transaction): Promise<MoveCostSetting> {
  const row = await readPlanningSetting(db, moveCostsKey);
  return moveCostsSet(row?.value);
}

/** What was set, with the hub's own for what was not there to be set at the time. Pure. */
export function moveCostsSet(value: Record<string, unknown> | undefined): MoveCostSetting {
  const { costs, workingDays } = (value ?? {}) as {
    costs?: Partial<MoveCosts>;
    workingDays?: Partial<NearDays>;
  };
  return {
    costs: { ...usualMoveCosts.costs, ...costs },
    workingDays: { ...usualMoveCosts.workingDays, ...workingDays },
  };
}
