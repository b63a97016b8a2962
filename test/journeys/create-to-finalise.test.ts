import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  all,
  complete,
  crimeCase,
  defendant,
  enterRecords,
  expectStatus,
  magistratesHearing,
  ofRule,
  pull,
  pullKind,
  readCase,
  record,
  rulesOf,
  victim,
  witness,
  type CaseJson,
  type Contact,
  type Material,
  type Settled,
} from './stage.ts';

type Entry = { at: string; kind: string; title: string; actor: string; event?: { type: string } };

describe.each(backends)('a crime case with a defendant in custody, on %s', (backend) => {
  let hub: WholeHub;
  let made: CaseJson;
  let cw: string;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-02T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const mine = () => hub.as(cw);
  const urn = () => made.urn;

  test('comes in from the feed with all that follows from it', async () => {
    const body = crimeCase({
      defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
      hearings: [magistratesHearing('2026-06-09', 'first-hearing')],
      victims: [victim()],
      witnesses: [witness()],
    });
    const reply = await hub.as('feed-1').post<CaseJson>('/api/cases', body);
    expect(reply.status, reply.text).toBe(201);
    made = reply.body;
    cw = made.caseworker ?? '';
    expect(reply.headers.get('Location')).toBe(`/api/cases/${urn()}`);
    expect(reply.headers.get('ETag')).toBe(`"${made.id}.v1"`);
    expect(cw).toBe('cw-1');
    expect(made).toMatchObject({ state: 'open', team: 'crime', officer: 'PC1001', restricted: false });
    expect(made.defendants[0]).toMatchObject({
      remand: 'custody',
      custody: [{ from: '2026-06-02', to: null }],
    });
    expect(made.defendants[0]?.offences[0]).toMatchObject({ class: 'either-way', chargedOn: '2026-06-01' });

    // 3 June is the first of 56 days: 28 July. Of 70: 11 August.
    expect(ofRule(made.deadlines, 'ctl-eitherway-56')).toMatchObject({
      legalDue: '2026-07-28',
      state: 'pending',
      subject: { offenceId: made.defendants[0]?.offences[0]?.id, defendantId: made.defendants[0]?.id },
    });
    expect(ofRule(made.deadlines, 'ctl-eitherway-70').legalDue).toBe('2026-08-11');
    expect(ofRule(made.deadlines, 'vc-charge')).toMatchObject({ legalDue: '2026-06-09' });
    expect(
      made.deadlines.every(({ explanation, authority }) => explanation.length > 0 && authority.provision),
    ).toBe(true);
    const materials = made.materials.map(({ material }) => material);
    expect(materials).toContain('remand-application');
    expect(materials).toContain('victim-personal-statement');
    expect(made.materials.every(({ dueOn, urgent }) => dueOn === '2026-06-03' && urgent)).toBe(true);
    expect(made.tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['check-file', 'confirm-custody-limit', 'victim-contact']),
    );
    expect(made.contacts.map(({ reason, person, state }) => `${reason} ${person.role} ${state}`)).toContain(
      'charge victim owed',
    );
  });

  test('its caseworker confirms the custody limit first, then checks the file until it is right', async () => {
    const confirm = await pull(mine(), cw);
    expect(confirm).toMatchObject({ kind: 'confirm-custody-limit', band: 'critical', caseUrn: urn() });
    expect(confirm.because[0]).toMatch(/nobody has confirmed it/);
    expect(await complete(mine(), confirm, 'confirmed')).toMatchObject({ state: 'done' });

    const check = await pullKind(mine(), cw, 'check-file');
    expect(check).toMatchObject({ kind: 'check-file', band: 'today', consequence: 'hearing' });
    const rejected = await expectStatus(
      201,
      mine().post<Settled & { materials: Material[] }>(`/api/cases/${urn()}/file-checks`, {
        result: 'rejected',
        defects: [{ material: 'exhibits-and-media', code: 'evidential-exhibit', note: 'the disc is empty' }],
      }),
    );
    const [asked] = rejected.materials;
    expect(asked).toMatchObject({
      material: 'exhibits-and-media',
      state: 'outstanding',
      dueOn: '2026-06-03',
      defect: { code: 'evidential-exhibit' },
    });
    const afterCheck = await readCase(mine(), urn());
    expect(
      afterCheck.materials
        .filter(({ material }) => material === 'exhibits-and-media')
        .map(({ state }) => state),
    ).toEqual(expect.arrayContaining(['withdrawn', 'outstanding']));
    // The check that was pulled is done by recording it.
    expect(afterCheck.tasks.find(({ id }) => id === check.id)?.state).toBe('done');
    expect(afterCheck.tasks.some(({ kind, state }) => kind === 'check-file' && state === 'open')).toBe(false);

    await expectStatus(200, mine().post(`/api/materials/${asked?.id}/received`, {}));
    const again = await pullKind(mine(), cw, 'check-file', urn());
    expect(again.title).toMatch(/again/);
    await expectStatus(
      201,
      mine().post(`/api/cases/${urn()}/file-checks`, { result: 'accepted', defects: [] }),
    );
    const accepted = await readCase(mine(), urn());
    expect(accepted.materials.some(({ state }) => state === 'outstanding')).toBe(false);
    expect(accepted.tasks.some(({ kind, state }) => kind === 'check-file' && state !== 'done')).toBe(false);
    expect(await hub.problems()).toEqual([]);
  });

  test('a plea of not guilty starts clocks, and a hearing that moves takes its dates along', async () => {
    await hub.moveTo('2026-06-09', '14:00');
    const plea = { type: 'plea-entered', on: '2026-06-09', data: { plea: 'not-guilty' } };
    const denied = await record(mine(), urn(), plea);
    expect(rulesOf(denied.added)).toEqual(
      expect.arrayContaining(['pros-initial-disclosure-mags', 'special-measures-mags', 'upgrade-file']),
    );
    expect(ofRule(denied.added, 'upgrade-file').legalDue).toBe('2026-06-23');
    const listed = await record(mine(), urn(), {
      type: 'trial-listed',
      on: '2026-06-09',
      data: { on: '2026-07-20', court: 'magistrates', courtName: 'Norwich Magistrates’ Court' },
    });
    const before = ofRule(listed.added, 'results-chase');
    expect(before).toMatchObject({ legalDue: '2026-07-21', subject: { hearingId: listed.event.hearing } });
    expect(listed.added.filter(({ rule }) => rule === 'vc-hearing-date')).toHaveLength(2);

    const moved = await record(mine(), urn(), {
      type: 'hearing-moved',
      on: '2026-06-09',
      hearing: listed.event.hearing,
      data: { on: '2026-07-22', why: 'no court room' },
    });
    const after = ofRule(moved.moved, 'results-chase');
    expect(after).toMatchObject({
      id: before.id,
      legalDue: '2026-07-23',
      before: { legalDue: '2026-07-21' },
      version: before.version + 1,
    });
    expect((await readCase(mine(), urn())).hearings).toContainEqual(
      expect.objectContaining({ id: listed.event.hearing, on: '2026-07-22', type: 'trial', state: 'listed' }),
    );
    expect(await hub.problems()).toEqual([]);
  });

  test('a verdict and a sentence end what they end, and those who are owed news are told', async () => {
    await hub.moveTo('2026-07-22', '15:00');
    const convicted = await record(mine(), urn(), { type: 'convicted', on: '2026-07-22' });
    expect(rulesOf(convicted.withdrawn)).toEqual(
      expect.arrayContaining(['ctl-eitherway-56', 'ctl-eitherway-70', 'upgrade-file']),
    );
    const sentenced = await record(mine(), urn(), {
      type: 'sentenced',
      on: '2026-07-22',
      data: { sentence: 'a fine', custodial: false },
    });
    expect(rulesOf(sentenced.added)).toEqual(expect.arrayContaining(['pnc-disposal-7d', 'vc-sentence']));
    // One conversation covers the verdict and the sentence of one day.
    expect(rulesOf(sentenced.withdrawn)).toEqual(['vc-outcome']);

    const owed = await all<Contact>(mine(), '/api/contacts?state=owed');
    expect(
      owed
        .filter(({ reason }) => reason === 'sentence')
        .map(({ person }) => person.role)
        .sort(),
    ).toEqual(['victim', 'witness']);
    for (const { id } of owed) {
      const attempt = { channel: 'phone', result: 'reached' };
      const made = await expectStatus(201, mine().post<Contact>(`/api/contacts/${id}/attempts`, attempt));
      expect(made.state).toBe('made');
    }
    const told = await readCase(mine(), urn());
    expect(told.contacts.filter(({ state }) => state === 'owed')).toEqual([]);
    expect(told.tasks.filter(({ kind, state }) => kind === 'victim-contact' && state === 'open')).toEqual([]);
    expect(await hub.problems()).toEqual([]);
  });

  test('it is finalised, after which nothing can be recorded, and its timeline has it all, newest first', async () => {
    await hub.moveTo('2026-07-24');
    const finalise = await pullKind(mine(), cw, 'finalise-case', urn());
    const tooSoon = { claim: finalise.claim?.token, outcome: 'finalised' };
    const refused = await expectStatus(
      409,
      mine().post<{ errors: { path: string }[] }>(`/api/tasks/${finalise.id}/complete`, tooSoon),
    );
    expect(refused.errors.map(({ path }) => path)).toEqual(['finalisation.property', 'finalisation.records']);
    await enterRecords(mine(), urn());
    const dated = [{ reference: 'JB/1', keepUntil: '2027-02-01', then: 'dispose' }];
    await record(mine(), urn(), { type: 'property-dated', on: '2026-07-24', data: { items: dated } });
    expect(await complete(mine(), finalise, 'finalised')).toMatchObject({
      state: 'done',
      outcome: 'finalised',
    });
    const closed = await readCase(mine(), urn());
    expect(closed.state).toBe('finalised');
    expect(closed.materials.some(({ state }) => state === 'outstanding')).toBe(false);

    const late = await mine().post(`/api/cases/${urn()}/events`, {
      type: 'warrant-issued',
      on: '2026-07-24',
    });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ errors: [{ path: 'type' }] });
    await expectStatus(409, mine().post(`/api/cases/${urn()}/file-checks`, { result: 'accepted' }));

    const timeline = await all<Entry>(mine(), `/api/cases/${urn()}/timeline`, 30);
    const times = timeline.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(timeline.at(-1)).toMatchObject({ actor: 'feed-1' });
    const recorded = timeline.flatMap(({ event }) => (event ? [event.type] : []));
    expect(
      recorded.filter((type) => type !== 'contact-attempted' && type !== 'record-entered').reverse(),
    ).toEqual([
      ...['custody-limit-confirmed', 'file-checked', 'material-received', 'file-checked', 'plea-entered'],
      ...['trial-listed', 'hearing-moved', 'convicted', 'sentenced'],
      ...['property-dated', 'finalised'],
    ]);
    const kinds = new Set(timeline.map(({ kind }) => kind));
    for (const kind of [
      'case-created',
      'deadline-added',
      'deadline-moved',
      'deadline-met',
      'deadline-withdrawn',
    ])
      expect(kinds).toContain(kind);
    for (const kind of ['task-claimed', 'task-completed', 'alert-fired']) expect(kinds).toContain(kind);
    expect(timeline.every(({ title }) => title.length > 3)).toBe(true);
    expect(await hub.problems()).toEqual([]);
  });
});
