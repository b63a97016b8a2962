import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describeResultCodes,
  findCourt,
  findException,
  findForceName,
  findOffence,
  findOffences,
  findTrigger,
  listCodes,
  searchCourts,
  searchOffences,
} from '../../src/reference/store.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('an offence', () => {
  it.each([
    ['TH68006', 'Theft of pedal cycle', 'either-way'],
    ['TH68036', 'Burglary dwelling and theft - no violence', 'either-way'],
    ['CJ88001', 'Common assault', 'summary-only'],
    ['RT88333', 'Drive whilst disqualified', 'summary-only'],
    ['OF61016', 'Section 18 - wounding with intent', 'indictable-only'],
    ['COML025', 'Murder - victim one year of age or older', 'indictable-only'],
  ])('with code %s is "%s", %s', async (code, title, expected) => {
    expect(await findOffence(database.db, code)).toMatchObject({ code, title, class: expected });
  });

  it('of using a vehicle without insurance is summary motoring', async () => {
    expect(await findOffence(database.db, 'RT88191')).toEqual({
      code: 'RT88191',
      title: 'Use a motor vehicle on a road / public place without third party insurance',
      category: 'CM',
      class: 'summary-only',
      recordableOnPnc: false,
    });
  });

  it('can have a letter after its seven characters: an attempt, a conspiracy', async () => {
    const found = await findOffences(database.db, ['TH68006A', 'COML025C']);
    expect([...found.values()].map((offence) => offence.title)).toEqual([
      'Attempt theft of pedal cycle',
      'Conspire to murder - potential victim one year of age or older',
    ]);
  });

  it('has no class where its category is not one of offences', async () => {
    expect(await findOffence(database.db, 'BA76004')).toMatchObject({ category: 'B7', class: null });
  });

  it('has no title where the source has none', async () => {
    expect(await findOffence(database.db, '01CP003')).toMatchObject({ title: null });
  });

  it('is found in either case, and by the code as it was asked for', async () => {
    const found = await findOffences(database.db, ['th68006', '42ESx084', 'XX99999']);
    expect([...found].map(([asked, offence]) => [asked, offence.code])).toEqual([
      ['th68006', 'TH68006'],
      ['42ESx084', '42ESx084'],
    ]);
  });

  it('that nobody knows is null', async () => {
    expect(await findOffence(database.db, 'XX99999')).toBeNull();
    expect(await findOffences(database.db, [])).toEqual(new Map());
  });

  it('is found inside a transaction', async () => {
    const offence = await database.db.transaction((tx) => findOffence(tx, 'TH68010'));
    expect(offence?.title).toBe('Theft from a shop');
  });
});

describe('searching offences', () => {
  const search = async (q: string, limit = 5) =>
    (await searchOffences(database.db, q, limit)).map((offence) => offence.code);

  it('finds words of the title in any order, the last unfinished', async () => {
    expect((await search('shop thef'))[0]).toBe('TH68010');
    expect(await search('vehicle without third party insur')).toContain('RT88191');
  });

  it('finds other forms of a word', async () => {
    expect((await search('driving whilst disqualified'))[0]).toBe('RT88333');
  });

  it('finds either word of two that a slash joins', async () => {
    const [found] = await searchOffences(database.db, 'assault constable her duty', 1);
    expect(found?.title).toContain('his / her duty');
  });

  it('puts the exact code first, then codes that begin so', async () => {
    expect(await search('th68006')).toEqual(['TH68006', 'TH68006A']);
    expect((await search('TH680', 20)).every((code) => code.startsWith('TH680'))).toBe(true);
  });

  it('puts the plain national offence before local and old ones', async () => {
    expect((await search('common assault'))[0]).toBe('CJ88001');
    expect((await search('murder', 2)).sort()).toEqual(['COML025', 'COML026']);
  });

  it('answers no more than it is asked for', async () => {
    expect(await search('theft', 3)).toHaveLength(3);
  });

  it.each(['', '   ', 'the', "!!! & | \\ '", '%', '_', 'zzzzqqqq', "'); drop table reference_offences; --"])(
    'answers nothing to "%s", without failing',
    async (q) => {
      expect(await search(q)).toEqual([]);
    },
  );
});

describe('searching courts', () => {
  const search = async (q: string) => (await searchCourts(database.db, q, 5)).map((court) => court.name);

  it('finds a name, main houses first', async () => {
    expect((await search('croydon')).slice(0, 2)).toEqual([
      "Croydon Magistrates' Court",
      'Croydon Crown Court',
    ]);
    expect(await search('croydon crown')).toContain('Croydon Crown Court');
  });

  it('finds hyphens and apostrophes however they are typed', async () => {
    expect((await search('weston super mare'))[0]).toBe("Weston-super-Mare Magistrates' Court");
    expect(await search("st george's")).toEqual(await search('st georges'));
  });

  it('finds the beginning of a code', async () => {
    expect(await search('b01ly')).toEqual(["Lavender Hill Magistrates' Court"]);
  });

  it('finds the area', async () => {
    expect((await searchCourts(database.db, 'magistrates cumbria', 1))[0]?.area).toBe('Cumbria');
  });

  it.each(['', "'", '&', 'zzzzqqqq', ':* | a'])('answers to "%s" without failing', async (q) => {
    expect(Array.isArray(await search(q))).toBe(true);
  });
});

describe('what a court result names', () => {
  it('is described by result code, leaving out unknown ones', async () => {
    const described = await describeResultCodes(database.db, ['1002', '4028', '0000']);
    expect([...described.values()]).toEqual([
      { code: '1002', description: 'Imprisonment', type: 'final' },
      { code: '4028', description: 'Remand In Custody', type: 'interim' },
    ]);
    expect(await describeResultCodes(database.db, [])).toEqual(new Map());
  });

  it('is a court by its code', async () => {
    expect(await findCourt(database.db, 'B01LY00')).toMatchObject({ type: 'magistrates', area: 'London' });
    expect(await findCourt(database.db, 'B010000')).toBeNull();
  });

  it("is a force by the first two digits of a case's URN", async () => {
    expect(await findForceName(database.db, '21')).toBe('Staffordshire');
    expect(await findForceName(database.db, 'B0')).toBeNull();
  });

  it('is a trigger with what raises it', async () => {
    const trigger = await findTrigger(database.db, 'TRPR0001');
    expect(trigger?.name).toBe('Disqualified driver');
    expect(trigger?.raisedBy).toContain('- 3070 Disqualified from Driving - Obligatory');
    expect(await findTrigger(database.db, 'TRPR9999')).toBeNull();
  });

  it('is an exception with cause and correction', async () => {
    expect(await findException(database.db, 'HO100102')).toMatchObject({
      name: 'Bad Date',
      correction: 'Correct the value and resubmit.',
      details: [],
    });
    const [first] = (await findException(database.db, 'HO100402'))?.details ?? [];
    expect(first?.cause).toContain('- 4027 Remand on conditional bail');
  });

  it('is a plea, verdict, remand status or hearing type of a short list', async () => {
    const pleas = await listCodes(database.db, 'pleas');
    expect(pleas.filter((plea) => plea.code === 'G').map((plea) => plea.spiCode)).toEqual(['1', '6']);
    expect((await listCodes(database.db, 'verdicts')).map((verdict) => verdict.description)).toContain(
      'Caution',
    );
    expect(await listCodes(database.db, 'hearing-types')).toHaveLength(50);
    expect(await listCodes(database.db, 'remand-statuses')).toHaveLength(7);
  });
});
