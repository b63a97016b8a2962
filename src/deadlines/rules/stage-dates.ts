import type { CivilDate } from '../../calendar/civil-date.ts';
import { addDays } from '../../calendar/civil-date.ts';
import type { CaseState, DefendantState } from '../case-state.ts';
import { daySetOr } from '../combined-periods.ts';
import { pleaOrFinding, served } from '../conditions.ts';
import { directed, type Directed } from '../directions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { calendarDaysAfter, onTheDay } from '../periods.ts';
import type { Rule, Starter } from '../rule.ts';
import { perDefendant } from '../starts.ts';

/**
 * Better Case Management: the judge sets the days of the four stages at the plea and trial preparation hearing.
 * Where only an earlier stage was set, the usual interval stands in; where none was, nothing runs, and the statutory
 * limits for evidence and defence statement stand alone.
 */
type Stage = 1 | 2 | 3 | 4;
const usualInterval = { 2: 28, 3: 14, 4: 14 } as const;

type StageDay = { on: CivilDate; set: Directed; previous?: CivilDate };

function stageDay(state: CaseState, defendant: DefendantState, stage: Stage): StageDay | undefined {
  const set = directed(state, `stage-${stage}`, defendant);
  if (set !== undefined) return { on: set.by, set };
  if (stage === 1) return undefined;
  const previous = stageDay(state, defendant, (stage - 1) as Stage);
  if (previous === undefined) return undefined;
  return { on: addDays(previous.on, usualInterval[stage]), set: previous.set, previous: previous.on };
}

const stageSet = (stage: Stage): Starter =>
  perDefendant(
    stage === 1
      ? 'the court sets the day of stage 1'
      : `the court sets the day of stage ${stage} or of one before`,
    (defendant, state) => {
      const day = stageDay(state, defendant, stage);
      if (day === undefined) return null;
      return {
        cause: day.set.cause,
        facts: day.previous === undefined ? { dueOn: day.on } : { previousStageOn: day.previous },
      };
    },
  );

const stage = {
  version: 1,
  inForce: sinceCrimPR2020,
  about: 'defendant',
  consequence: 'hearing',
  danger: false,
  ends: [pleaOrFinding],
} as const;

const betterCaseManagement = 'Better Case Management, form of the plea and trial preparation hearing';
const prosecutionTask = (title: string) =>
  ({ kind: 'stage-date', title, when: 'on-alert', effortMinutes: 30, meets: true }) as const;
const defenceTask = (title: string) =>
  ({ kind: 'stage-date', title, when: 'on-alert', effortMinutes: 10, meets: true }) as const;

export const stageDates: readonly Rule[] = [
  {
    ...stage,
    id: 'bcm-stage-1',
    title: 'Stage 1: bulk of the prosecution case, applications and initial disclosure',
    authority: {
      instrument: betterCaseManagement,
      provision: 'day set by the judge; otherwise SI 2005/902 reg 2 (50 or 70 days after sending)',
      grade: 'B',
    },
    owner: 'cps',
    starts: stageSet(1),
    meets: [served('prosecution-evidence')],
    period: onTheDay('dueOn'),
    warnings: [14, 7],
    task: prosecutionTask('Check that the CPS has all that it must serve at stage 1'),
    ifMissed: 'A breach of the judge’s direction; the trial date is at risk.',
    examples: [
      {
        facts: { dueOn: '2026-04-06' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday, so act on Thursday',
      },
      { facts: { dueOn: '2026-03-16' }, legalDue: '2026-03-16', why: 'the day that the judge set' },
    ],
  },
  {
    ...stage,
    id: 'bcm-stage-2',
    title: 'Stage 2: defence response, with the defence statement',
    authority: { instrument: crimPR2025, provision: 'r.15.4(3); usually 28 days after stage 1', grade: 'B' },
    owner: 'defence',
    starts: stageSet(2),
    meets: [served('defence-statement', 'defence-response')],
    period: daySetOr(calendarDaysAfter(28, 'previousStageOn'), 'previousStageOn'),
    warnings: [7],
    task: defenceTask('Ask the CPS whether the defence has answered stage 1'),
    ifMissed: 'An adverse inference may be drawn; stage 3 cannot be prepared.',
    examples: [
      {
        facts: { previousStageOn: '2026-03-09' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: '28 days after stage 1 is Easter Monday',
      },
      { facts: { dueOn: '2026-05-01' }, legalDue: '2026-05-01', why: 'the day that the judge set' },
    ],
  },
  {
    ...stage,
    id: 'bcm-stage-3',
    title: 'Stage 3: prosecution response to the defence statement and further disclosure',
    authority: {
      instrument: betterCaseManagement,
      provision: '14 or 28 days after stage 2; the shorter stands in until the judge sets a day',
      grade: 'C',
    },
    owner: 'cps',
    starts: stageSet(3),
    meets: [served('defence-statement-response')],
    period: daySetOr(calendarDaysAfter(14, 'previousStageOn'), 'previousStageOn'),
    warnings: [7],
    task: prosecutionTask(
      'Get the disclosure officer’s review and what is outstanding to the CPS for stage 3',
    ),
    ifMissed: 'A breach of the judge’s direction; the defence may apply for disclosure.',
    examples: [
      {
        facts: { previousStageOn: '2026-03-20' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: '14 days after stage 2 is Good Friday',
      },
      { facts: { dueOn: '2026-10-26' }, legalDue: '2026-10-26', why: 'the day that the judge set' },
    ],
  },
  {
    ...stage,
    id: 'bcm-stage-4',
    title: 'Stage 4: what the defence has left to say or ask for before trial',
    authority: {
      instrument: betterCaseManagement,
      provision: '14 or 28 days after stage 3; the shorter stands in until the judge sets a day',
      grade: 'C',
    },
    owner: 'defence',
    starts: stageSet(4),
    meets: [served('defence-response')],
    period: daySetOr(calendarDaysAfter(14, 'previousStageOn'), 'previousStageOn'),
    warnings: [],
    task: { ...defenceTask('Ask the CPS whether the defence raised anything for the trial'), when: 'never' },
    ifMissed: 'The case is ready for trial without it.',
    examples: [
      {
        facts: { previousStageOn: '2026-12-11' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: '14 days after stage 3 is Christmas Day',
      },
      { facts: { dueOn: '2026-05-01' }, legalDue: '2026-05-01', why: 'the day that the judge set' },
    ],
  },
];
