import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  create,
  expectStatus,
  finaliseAsItIs,
  magistratesHearing,
  ofRule,
  readCase,
  record,
  rulesOf,
  victim,
  type CaseJson,
} from './stage.ts';

describe.each(backends)('what was recorded wrongly, on %s', (backend) => {
  let hub: WholeHub;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-12T10:00:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  /** A case of which all that was over when it came in has been told. */
  const receive = async (over: Record<string, unknown> = {}) => {
    const made = await create(senior(), { victims: [victim()], ...over });
    await hub.calm();
    return made;
  };
  const events = ({ urn }: CaseJson, body: Record<string, unknown>) =>
    senior().post<{ errors?: { path: string }[] }>(`/api/cases/${urn}/events`, body);
  /** What of a case does not depend on when it was recorded, or under which ids. */
  const standing = async ({ urn }: CaseJson) =>
    (await readCase(senior(), urn)).deadlines
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ rule, legalDue, actionDue, state }) => `${rule} ${legalDue} ${actionDue} ${state}`)
      .sort();

  test('a hearing on the wrong day is put right, with all that hangs on it, as if it had never been wrong', async () => {
    const [wrong, right] = [await receive(), await receive()];
    const listing = (on: string) => ({
      type: 'hearing-listed',
      on: '2026-06-12',
      receivedAt: '2026-06-12T10:00:00+01:00',
      data: magistratesHearing(on, 'first-hearing'),
    });
    const listed = await record(senior(), wrong.urn, listing('2026-07-10'));
    const chase = ofRule(listed.added, 'results-chase');
    const corrected = await record(senior(), wrong.urn, {
      ...listing('2026-07-17'),
      supersedes: listed.event.id,
    });
    await record(senior(), right.urn, listing('2026-07-17'));
    expect(corrected.withdrawn.map(({ id }) => id)).toContain(chase.id);
    expect(ofRule(corrected.added, 'results-chase').legalDue).toBe('2026-07-20');
    await hub.calm();
    expect(await standing(wrong)).toEqual(await standing(right));
    const { hearings } = await readCase(senior(), wrong.urn);
    expect(hearings.map(({ on }) => on)).toEqual(['2026-07-17']);

    const again = await events(wrong, { ...listing('2026-07-24'), supersedes: listed.event.id });
    expect(again.status).toBe(422);
    expect(again.body.errors?.map(({ path }) => path)).toEqual(['supersedes']);
    expect(await hub.problems()).toEqual([]);
  });

  test('a plea that was not entered starts nothing, and the one that was does', async () => {
    const made = await receive({ hearings: [magistratesHearing('2026-06-12', 'first-hearing')] });
    const plea = { type: 'plea-entered', on: '2026-06-12' };
    const denied = await record(senior(), made.urn, { ...plea, data: { plea: 'not-guilty' } });
    expect(rulesOf(denied.added)).toContain('upgrade-file');
    const upgrades = (one: CaseJson) =>
      one.materials.filter(
        ({ material, basis }) =>
          material === 'exhibit-list' && basis?.kind === 'file-standard' && basis.standard === 'upgrade',
      );
    expect(upgrades(await readCase(senior(), made.urn)).map(({ state }) => state)).toEqual(['outstanding']);

    const admitted = await record(senior(), made.urn, {
      ...plea,
      data: { plea: 'guilty' },
      supersedes: denied.event.id,
    });
    expect(rulesOf(admitted.withdrawn)).toContain('upgrade-file');
    expect(rulesOf(admitted.added)).toContain('vc-outcome');
    const after = await readCase(senior(), made.urn);
    expect(after.defendants[0]?.offences[0]?.plea).toBe('guilty');
    expect(upgrades(after).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await hub.problems()).toEqual([]);
  });

  test('an event is taken back without another in its place, and facts are corrected by themselves', async () => {
    const made = await receive();
    const before = await standing(made);
    const warrant = await record(senior(), made.urn, { type: 'warrant-issued', on: '2026-06-12' });
    expect(warrant.added.length).toBeGreaterThan(0);
    const back = {
      type: 'correction',
      on: '2026-06-12',
      supersedes: warrant.event.id,
      data: { why: 'another case' },
    };
    await record(senior(), made.urn, back);
    await hub.calm();
    expect(await standing(made)).toEqual(before);
    expect((await events(made, back)).status).toBe(422);

    const [file] = made.materials;
    const charged = await record(senior(), made.urn, {
      type: 'correction',
      on: '2026-06-12',
      data: { chargedOn: '2026-06-02' },
    });
    expect((await readCase(senior(), made.urn)).defendants[0]?.offences[0]?.chargedOn).toBe('2026-06-02');
    expect([...charged.moved, ...charged.added].length + Number(file !== undefined)).toBeGreaterThan(0);
    const nothing = await events(made, { type: 'correction', on: '2026-06-12' });
    expect(nothing.body.errors?.map(({ path }) => path)).toEqual(['supersedes']);
    expect(await hub.problems()).toEqual([]);
  });

  test('a case that was finalised by mistake is opened again, as it was', async () => {
    const made = await receive();
    const before = await standing(made);
    const finalised = await finaliseAsItIs(senior(), made.urn, '2026-06-12');
    expect((await readCase(senior(), made.urn)).state).toBe('finalised');
    await expectStatus(409, events(made, { type: 'warrant-issued', on: '2026-06-12' }));
    const back = {
      type: 'correction',
      on: '2026-06-12',
      supersedes: finalised.event.id,
      data: { why: 'too soon' },
    };
    await record(senior(), made.urn, back);
    const open = await readCase(senior(), made.urn);
    expect(open.state).toBe('open');
    expect(await standing(made)).toEqual(before);
    expect(open.materials.some(({ state }) => state === 'outstanding')).toBe(true);
    expect(open.tasks.some(({ kind, state }) => kind === 'check-file' && state === 'open')).toBe(true);
    expect(await hub.problems()).toEqual([]);
  });
});
