import type { z } from 'zod';
import { completeTask } from '../../src/cases/complete-task.ts';
import { createCase } from '../../src/cases/create-case.ts';
import { caseBody } from '../../src/cases/case-body.ts';
import type { EventBody } from '../../src/cases/event-body.ts';
import type { RecordableType } from '../../src/cases/event-types.ts';
import type { CaseEvent } from '../../src/cases/events.ts';
import { foldCase } from '../../src/cases/fold.ts';
import { recordEvent, recordOwnEvent, recordOwnEvents, type OwnEvent } from '../../src/cases/record-event.ts';
import type { CaseRow, Recording } from '../../src/cases/settle.ts';
import { readEvents } from '../../src/cases/store.ts';
import type { HolidayCalendar } from '../../src/calendar/holiday-calendar.ts';
import type { CaseState } from '../../src/deadlines/case-state.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { isFailure, type Failure } from '../../src/platform/failure.ts';
import { readTasks } from '../../src/tasks/store.ts';
import type { Transaction } from '../connect.ts';
import type { DemoDays } from './demo-days.ts';

export type CaseInput = z.input<typeof caseBody>;

/** A case of the demo: how it came in, and what happened to it since. */
export type DemoCase = { body: CaseInput; steps?: readonly Step[] };

/** A case that is being played: its state is that after the last step. */
export type Scene = {
  tx: Transaction;
  row: CaseRow;
  state: CaseState;
  days: DemoDays;
  calendar: HolidayCalendar;
};
export type Step = (scene: Scene) => Promise<void>;

/** Courts' news comes from the feed; the rest is recorded by the caseworker. */
const fromCourt: readonly string[] = [
  ...[
    'remanded',
    'bailed',
    'hearing-listed',
    'trial-listed',
    'hearing-moved',
    'hearing-vacated',
    'plea-entered',
  ],
  ...['summary-trial-chosen', 'sent-to-crown-court', 'court-directions-given', 'custody-limit-extended'],
  ...['trial-started', 'convicted', 'acquitted', 'sentenced', 'warrant-issued', 'special-measures-decided'],
];

/** Plays one case by the verbs of the project. Throws where a verb refuses it: the demo itself is then wrong. */
export async function playCase(
  tx: Transaction,
  demo: DemoCase,
  days: DemoDays,
  calendar: HolidayCalendar,
): Promise<Scene> {
  const body = caseBody.parse(demo.body);
  const { row } = done(await createCase(tx, body, recordingBy('feed-1', days, calendar)), body.urn);
  const scene: Scene = { tx, row, state: foldCase(await readEvents(tx, row.id)), days, calendar };
  for (const step of demo.steps ?? []) await step(scene);
  return scene;
}

export function recordingBy(id: string, days: DemoDays, calendar: HolidayCalendar): Recording {
  return { now: days.now, calendar, rules, actor: { id, requestId: null } };
}

/** Who works the case: its caseworker, or a senior where nobody has it. */
function recording(scene: Scene, id = scene.row.caseworker ?? 'sr-1'): Recording {
  return recordingBy(id, scene.days, scene.calendar);
}

/** What a verb answered. Throws where it refused: the demo itself is then wrong. */
function done<T>(answer: T | Failure, urn: string): T {
  if (isFailure(answer)) throw new Error(`the demo was refused in ${urn}: ${JSON.stringify(answer.errors)}`);
  return answer;
}

/** Whom an event names, by position; `'last'` is the hearing listed last. */
export type About = { defendant?: number; offence?: number; hearing?: number | 'last'; person?: number };

/** Something that happened on a day. The hub heard of it that afternoon, or at `receivedAt`. */
export function happened(
  type: RecordableType,
  on: string,
  data?: Record<string, unknown>,
  about: About & { receivedAt?: string; at?: string } = {},
): Step {
  return async (scene) => {
    const { defendants, hearings, people } = scene.state;
    const defendant = about.defendant === undefined ? undefined : defendants[about.defendant];
    const offence =
      about.offence === undefined ? undefined : (defendant ?? defendants[0])?.offences[about.offence];
    const hearing = about.hearing === 'last' ? hearings.at(-1) : hearings[about.hearing ?? -1];
    const body: EventBody = {
      type,
      on,
      at: about.at,
      receivedAt: about.receivedAt ?? scene.days.at(on, '16:30'),
      data,
      defendant: defendant?.id,
      offence: offence?.id,
      hearing: hearing?.id,
      person: about.person === undefined ? undefined : people[about.person]?.id,
    };
    const by = fromCourt.includes(type) ? 'feed-1' : undefined;
    const recorded = await recordEvent(scene.tx, scene.row, body, recording(scene, by));
    scene.state = done(recorded, scene.row.urn).state;
  };
}

/** Records events of the hub's own at once and keeps the state that follows. */
export async function recordAll(scene: Scene, events: readonly OwnEvent[]): Promise<void> {
  const [first, ...rest] = events;
  if (first === undefined) return;
  scene.state = (await recordOwnEvents(scene.tx, scene.row, [first, ...rest], recording(scene))).state;
}

/** Records an event of the hub's own and keeps the state that follows. */
export async function recordOwn(
  scene: Scene,
  event: Pick<CaseEvent, 'type' | 'on' | 'data'> & Partial<CaseEvent>,
): Promise<void> {
  scene.state = (await recordOwnEvent(scene.tx, scene.row, event, recording(scene))).state;
}

/** A senior has confirmed the custody limits as they are worked out now. */
export const limitsConfirmed: Step = async (scene) => {
  const { tx, row } = scene;
  const senior = recording(scene, row.team === 'crime' ? 'sr-1' : 'sr-2');
  for (const task of await readTasks(tx, row.id))
    if (task.kind === 'confirm-custody-limit' && task.state === 'open')
      done(await completeTask(tx, row, task, { outcome: 'confirmed', note: null }, senior), row.urn);
  scene.state = foldCase(await readEvents(tx, row.id));
};
