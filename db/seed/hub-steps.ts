import { metData } from '../../src/cases/met-data.ts';
import { readDeadline } from '../../src/deadlines/store.ts';
import { readRequests } from '../../src/materials/store.ts';
import { newId } from '../../src/platform/ids.ts';
import { readRecords } from '../../src/record-keeping/store.ts';
import { closeTasks, readTasks } from '../../src/tasks/store.ts';
import { readContacts } from '../../src/victims/store.ts';
import { contactAttempts } from '../schema/index.ts';
import { recordOwn, type Scene, type Step } from './play-case.ts';

type Defect = { material: string; code: string; note?: string };

/** A caseworker has accepted the file. */
export const fileAccepted = (on: string): Step => fileChecked(on, { result: 'accepted', defects: [] });

/** A caseworker has rejected the file, which asks the officer for what is wrong with it. */
export const fileRejected = (on: string, ...defects: Defect[]): Step =>
  fileChecked(on, { result: 'rejected', defects });

function fileChecked(on: string, data: { result: 'accepted' | 'rejected'; defects: Defect[] }): Step {
  return async (scene) => {
    const { tx, row, days } = scene;
    const checks = (await readTasks(tx, row.id)).filter(
      ({ kind, state }) => kind === 'check-file' && state === 'open',
    );
    const by = row.caseworker ?? 'hub';
    const how = { state: 'done', outcome: data.result, by } as const;
    await closeTasks(tx, { taskIds: checks.map(({ id }) => id) }, how, days.now);
    await recordOwn(scene, { type: 'file-checked', on, data, receivedAt: days.at(on, '11:20') });
  };
}

/** The newest request for a material that is outstanding. Throws where there is none: the demo itself is then wrong. */
async function outstanding(scene: Scene, material: string): Promise<string> {
  const requests = await readRequests(scene.tx, scene.row.id);
  const request = requests.filter((one) => one.material === material && one.state === 'outstanding').at(-1);
  if (!request) throw new Error(`the demo asks for no ${material} in ${scene.row.urn}`);
  return request.key;
}

/** Material has come from the officer. */
export function received(on: string, ...materials: string[]): Step {
  return async (scene) => {
    for (const material of materials)
      await recordOwn(scene, {
        type: 'material-received',
        on,
        data: { request: await outstanding(scene, material), material },
      });
  };
}

/** The officer has answered for a material. */
export function answered(
  on: string,
  material: string,
  answer: { answer: 'sent' | 'late' | 'not-mine' | 'cannot'; until?: string; reason?: string },
): Step {
  return async (scene) =>
    recordOwn(scene, {
      type: 'officer-answered',
      on,
      data: { request: await outstanding(scene, material), ...answer },
    });
}

/** A caseworker has asked the officer for something more. */
export function asked(on: string, material: string, why: string, dueOn: string): Step {
  return (scene) => recordOwn(scene, { type: 'material-requested', on, data: { material, why, dueOn } });
}

/** Everyone who is owed news of what has happened so far was tried on a day, by telephone. */
export function told(on: string, result: 'reached' | 'no-answer' | 'message-left' = 'reached'): Step {
  return async (scene) => {
    const { tx, row, days } = scene;
    const at = days.at(on, '17:10');
    const owed = (await readContacts(tx, row.id)).filter(({ state }) => state === 'owed');
    for (const { id: contactId, personId } of owed) {
      const deadline = await readDeadline(tx, contactId);
      if (!deadline) continue;
      const { rule, clockKey: clock } = deadline;
      const by = row.caseworker ?? 'hub';
      const attempt = { channel: 'phone', result, note: null };
      await tx
        .insert(contactAttempts)
        .values({ id: newId(), contactId, ...attempt, at, by, recordedAt: days.now });
      const data = { rule, clock, contact: contactId, channel: 'phone', result };
      await recordOwn(scene, { type: 'contact-attempted', on, at, receivedAt: at, personId, data });
    }
  };
}

/** Everything that the case owes to the police systems was entered on a day. */
export function recordsEntered(on: string): Step {
  return async (scene) => {
    const owed = (await readRecords(scene.tx, scene.row.id)).filter(({ state }) => state === 'owed');
    for (const { deadline } of owed)
      await recordOwn(scene, { type: 'record-entered', on, data: metData(deadline, null) });
  };
}
