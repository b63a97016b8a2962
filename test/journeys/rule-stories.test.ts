import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instantAt } from '../../src/calendar/london-time.ts';
import { stories } from '../deadlines/stories/index.ts';
import { ordinaryCase } from '../deadlines/stories/ordinary-case.ts';
import type { Story, StoryEvent } from '../deadlines/stories/story.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  expectStatus,
  newUrn,
  record,
  type CaseJson,
  type Contact,
  type Deadline,
  type Page,
} from './stage.ts';

let hub: WholeHub;
beforeAll(async () => {
  // After all that the stories tell of, so that nothing in them is still to come.
  hub = await startWholeHub({
    backend: 'postgres',
    now: '2027-12-30T10:00:00+00:00',
    withoutWorkers: true,
  });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');

/** The body of an event, whose subjects are positions in the case as it stands. */
function bodyOf(
  told: StoryEvent,
  made: CaseJson,
  hearings: readonly string[],
  recorded: readonly string[],
): Record<string, unknown> {
  const { defendant, offence, hearing, person, takesBack, ...rest } = told;
  const people = [...made.victims, ...made.witnesses];
  return {
    receivedAt: rest.at ?? (rest.on === undefined ? undefined : instantAt(rest.on, '09:00')),
    ...rest,
    ...(defendant === undefined ? {} : { defendant: made.defendants[defendant]?.id }),
    ...(offence === undefined ? {} : { offence: made.defendants[offence[0]]?.offences[offence[1]]?.id }),
    ...(hearing === undefined ? {} : { hearing: hearing === 'last' ? hearings.at(-1) : hearings[hearing] }),
    ...(person === undefined ? {} : { person: people[person]?.id }),
    ...(takesBack === undefined ? {} : { supersedes: recorded[takesBack] }),
  };
}

/** The first person who is owed an update by a rule is reached. */
async function reach(urn: string, rule: string): Promise<void> {
  const asked = senior().get<Page<Deadline>>(`/api/cases/${urn}/deadlines`);
  const { items } = await expectStatus(200, asked);
  const owed = items.find((deadline) => deadline.rule === rule && deadline.state === 'pending');
  const attempt = { channel: 'phone', result: 'reached', covers: [owed?.id] };
  await expectStatus(201, senior().post<Contact>(`/api/contacts/${owed?.id}/attempts`, attempt));
}

/** The case is given to another caseworker of its team. */
async function giveToAnother({ urn, caseworker }: CaseJson): Promise<void> {
  const body = { to: caseworker === 'cw-1' ? 'cw-2' : 'cw-1', reason: 'A story tells of it' };
  await expectStatus(200, senior().post(`/api/cases/${urn}/caseworker`, body));
}

/** What a rule asks to be entered in a police system is entered. */
async function enter(urn: string, rule: string): Promise<void> {
  const asked = senior().get<Page<Deadline>>(`/api/cases/${urn}/deadlines`);
  const owed = (await expectStatus(200, asked)).items.find((deadline) => deadline.rule === rule);
  await expectStatus(200, senior().post(`/api/cases/${urn}/records/${owed?.id}/entered`, {}));
}

type Told = { tell(event: StoryEvent): Promise<void>; ofRule(): Promise<Deadline[]> };

/** A case of its own for the story, up to where its deadline is looked for. */
async function begin(story: Story): Promise<Told> {
  const body = { ...ordinaryCase, ...story.case, urn: newUrn() };
  const made = await expectStatus(201, senior().post<CaseJson>('/api/cases', body));
  const given = (story.case['hearings'] ?? []) as { on: string }[];
  // The answer has them by day; the story numbers them as it gave them.
  const left = [...made.hearings];
  const hearings = given.map(({ on }) => {
    const at = left.findIndex((hearing) => hearing.on === on);
    return left.splice(at, 1)[0]?.id ?? '';
  });
  const ids: string[] = [];
  const told: Told = {
    tell: async (event) => {
      const { event: recorded } = await record(senior(), made.urn, bodyOf(event, made, hearings, ids));
      ids.push(recorded.id);
      const lists = recorded.type === 'hearing-listed' || recorded.type === 'trial-listed';
      if (lists && recorded.hearing !== null) hearings.push(recorded.hearing);
    },
    ofRule: async () => {
      const asked = senior().get<Page<Deadline>>(`/api/cases/${made.urn}/deadlines`);
      return (await expectStatus(200, asked)).items.filter(({ rule }) => rule === story.rule);
    },
  };
  for (const event of story.events) {
    if ('reached' in event) {
      await reach(made.urn, event.reached);
      ids.push('');
    } else if ('givenOn' in event) {
      await giveToAnother(made);
      ids.push('');
    } else if ('entered' in event) {
      await enter(made.urn, event.entered);
      ids.push('');
    } else await told.tell(event);
  }
  return told;
}

const about: Record<Story['expect']['about'], (subject: Deadline['subject']) => boolean> = {
  case: (subject) => Object.keys(subject).length === 0,
  defendant: ({ defendantId, offenceId }) => defendantId !== undefined && offenceId === undefined,
  offence: ({ offenceId }) => offenceId !== undefined,
  person: ({ personId }) => personId !== undefined,
  hearing: ({ hearingId, personId }) => hearingId !== undefined && personId === undefined,
};

const inState = (deadlines: readonly Deadline[], state: Deadline['state']) =>
  deadlines.filter((deadline) => deadline.state === state);

/** A day as it is, an instant in whatever offset it is written. */
const asDue = (due: string | null) => (due?.includes('T') ? Date.parse(due) : due);

async function stands(story: Story, told: Told): Promise<void> {
  const standing = inState(await told.ofRule(), 'pending');
  expect(standing, 'how many deadlines of the rule stand').toHaveLength(story.expect.count ?? 1);
  const due = asDue(story.expect.legalDue);
  const found = standing.find(({ legalDue }) => asDue(legalDue) === due) ?? standing[0];
  expect(asDue(found?.legalDue ?? null)).toBe(due);
  if (story.expect.actionDue !== undefined) expect(found?.actionDue).toBe(story.expect.actionDue);
  expect(about[story.expect.about](found?.subject ?? {}), JSON.stringify(found?.subject)).toBe(true);
  expect(found?.explanation.length).toBeGreaterThan(0);
}

async function isMet(told: Told, meets: NonNullable<Story['meets']>): Promise<void> {
  const before = inState(await told.ofRule(), 'pending').map(({ id }) => id);
  if ('attempt' in meets) {
    const attempt = { channel: 'phone', result: meets.attempt };
    const path = `/api/contacts/${before[0]}/attempts`;
    const made = await expectStatus(201, senior().post<Contact>(path, attempt));
    expect(made.state).toBe('made');
  } else await told.tell(meets);
  const met = inState(await told.ofRule(), 'met').filter(({ id }) => before.includes(id));
  expect(met.length).toBeGreaterThan(0);
  expect(met.every(({ metBy, metOn }) => metBy !== null && metOn !== null)).toBe(true);
}

async function isWithdrawn(told: Told, ends: StoryEvent): Promise<void> {
  const before = await told.ofRule();
  await told.tell(ends);
  const after = await told.ofRule();
  expect(inState(after, 'pending').length).toBeLessThan(inState(before, 'pending').length);
  expect(inState(after, 'met').length).toBeLessThanOrEqual(inState(before, 'met').length);
}

describe('every rule is proved over HTTP', () => {
  test.concurrent.each(stories)('$rule: $protects', async (story) => {
    const { meets, ends } = story;
    const told = await begin(story);
    await stands(story, told);
    if (meets) await isMet(told, meets);
    if (ends) await isWithdrawn(meets ? await begin(story) : told, ends);
  });

  test('all that these cases owe is carried out at once, and the promises are kept', async () => {
    hub.startWorkers();
    expect(await hub.problems()).toEqual([]);
  });
});
