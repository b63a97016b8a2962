import { describe, expect, it } from 'vitest';
import type { Registration } from '../../src/cases/events.ts';
import { addDays } from '../../src/calendar/civil-date.ts';
import { isListedMaterial, materialTypeOf, materialTypes } from '../../src/materials/material-types.ts';
import { standardIds, standardOn, type FileStandard } from '../../src/materials/standards/file-standard.ts';
import { fileStandards } from '../../src/materials/standards/register.ts';
import { askedIn, eventId, ofKey, outstanding, registration } from './case-in-state.ts';

const versionsOf = (id: string) =>
  fileStandards.filter((standard) => standard.id === id).sort((a, b) => a.version - b.version);
const withVictim: Partial<Registration> = {
  people: [{ id: 'v', role: 'victim', enhancedRights: false, reasons: [], preferred: 'phone' }],
};
const materialsOf = (...args: Parameters<typeof askedIn>) =>
  outstanding(askedIn(...args)).map((key) => key.replace('file:', ''));

describe('the file standards', () => {
  it.each(standardIds)(
    '%s has versions that follow one another without a gap, and lists each material once',
    (id) => {
      const versions = versionsOf(id);
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_one, i) => i + 1));
      versions.slice(1).forEach(({ inForce }, i) => {
        expect(addDays(versions[i]?.inForce.to ?? '', 1)).toBe(inForce.from);
      });
      expect(versions.at(-1)?.inForce.to).toBeUndefined();
      for (const { items } of versions) {
        const materials = items.map(({ material }) => material);
        expect(materials.filter((material) => !isListedMaterial(material))).toEqual([]);
        expect(new Set(materials).size).toBe(materials.length);
      }
    },
  );

  it('say that their contents are unverified, and cite the rules of their time', () => {
    expect(new Set(fileStandards.map(({ authority }) => authority.grade))).toEqual(new Set(['C']));
    for (const { version, items } of versionsOf('not-guilty'))
      expect(items[0]?.why).toContain(version === 1 ? 'CrimPR 2020' : 'CrimPR 2025');
  });

  it('have, for each row of the table of contents, who is asked for it', () => {
    const first = (over: Parameters<typeof registration>[0], charged = {}) =>
      materialsOf(registration({ ...withVictim, ...over }, charged));
    expect(first({ anticipatedPlea: 'guilty' })).toEqual([
      ...['charges', 'case-summary', 'previous-convictions', 'disclosure-certificate'],
      'victim-personal-statement',
    ]);
    const denied = [
      ...['charges', 'case-summary', 'previous-convictions', 'case-information', 'witness-statements'],
      ...['witness-list', 'witness-availability', 'exhibit-list', 'exhibits-and-media'],
      ...['non-sensitive-schedule', 'sensitive-schedule', 'disclosure-officer-report'],
      ...['rebuttable-presumption-material', 'victim-personal-statement'],
    ];
    expect(first({})).toEqual(denied);
    expect(first({ anticipatedPlea: 'none' })).toEqual(denied);
    const traffic = ['charges', 'case-summary', 'driver-record', 'witness-statements'];
    expect(first({ kind: 'traffic' }, { code: 'RT88576', class: 'summary-only' })).toEqual([
      ...traffic,
      'victim-personal-statement',
    ]);
    expect(
      materialsOf(
        registration({ kind: 'traffic', initiation: 'single-justice-procedure' }, { code: 'RT88334' }),
      ),
    ).toEqual([...traffic, 'certificate-of-service']);
  });

  it.each([
    ['RT88007', ['station-procedure', 'forensic-report']],
    ['RR84113', ['exhibits-and-media', 'device-certificate']],
    ['RT88191', ['database-enquiry-prints']],
    ['RT88567', ['certificate-of-service']],
  ])('ask for the pack of %s', (code, pack) => {
    const plain = materialsOf(registration({ kind: 'traffic' }, { code: 'RT88576' }));
    const asked = materialsOf(registration({ kind: 'traffic' }, { code }));
    expect(asked.filter((material) => !plain.includes(material))).toEqual(pack);
  });

  it('add custody papers, and papers of domestic abuse, hate crime and sexual offences', () => {
    const plain = materialsOf(registration({ anticipatedPlea: 'guilty' }));
    const added = (over: Parameters<typeof registration>[0], charged = {}) =>
      materialsOf(registration({ anticipatedPlea: 'guilty', ...over }, charged)).filter(
        (material) => !plain.includes(material),
      );
    const [held] = registration().defendants.map((one) => ({ ...one, remand: 'custody' }) as const);
    expect(added({ defendants: held ? [held] : [] })).toEqual(['remand-application', 'case-information']);
    expect(added({}, { domesticAbuse: true })).toEqual(['risk-checklist', 'charging-report']);
    expect(added({ domesticAbuse: true })).toEqual(['risk-checklist', 'charging-report']);
    expect(added({ hateCrime: true })).toEqual(['risk-checklist', 'charging-report']);
    expect(added({ sexualOffence: true })).toEqual(['risk-checklist']);
    expect(added({}, { class: 'indictable-only' })).toEqual(['charging-report']);
    const authorised = { type: 'charge-authorised', on: '2026-06-10' } as const;
    expect(ofKey(askedIn(registration(), [authorised]), 'file:charging-report')).toMatchObject({
      dueOn: '2026-06-17',
      requestedBy: eventId(1),
    });
  });

  it('go by the version in force when the file was received', () => {
    const basis = (on: string) => ofKey(askedIn(registration(), [], on), 'file:charges').basis;
    expect(basis('2025-10-05')).toMatchObject({ standard: 'not-guilty', version: 1 });
    expect(basis('2025-10-06')).toMatchObject({ standard: 'not-guilty', version: 2 });
    const invented: FileStandard[] = [1, 2].map((version) => ({
      ...(fileStandards[0] as FileStandard),
      version,
      inForce: { from: `203${version}-01-01` },
    }));
    expect(standardOn(invented, 'guilty-plea', '2031-12-31')?.version).toBe(1);
    expect(standardOn(invented, 'guilty-plea', '2032-01-01')?.version).toBe(2);
    expect(standardOn(invented, 'guilty-plea', '2026-01-01')?.version).toBe(1);
  });
});

describe('materials', () => {
  it.each([
    ...['MG2', 'MG3', 'MG3A', 'MG4', 'MG4A', 'MG4B', 'MG4C', 'MG4D', 'MG4E', 'MG4F', 'MG5', 'MG6', 'MG6A'],
    ...['MG6B', 'MG6C', 'MG6D', 'MG6E', 'MG7', 'MG8', 'MG9', 'MG10', 'MG11', 'MG12', 'MG13', 'MG14', 'MG15'],
    ...['MG16', 'MG17', 'MG18', 'MG19', 'MG20', 'MG21', 'MG21A', 'mg11', ' MG 11 ', 'MGDD/A', 'BWV'],
  ])('are known by %s', (alias) => {
    expect(isListedMaterial(materialTypeOf(alias))).toBe(true);
  });

  it('have one name each, and nobody’s number twice', () => {
    const names = materialTypes.flatMap(({ type, title, aliases }) => [type, title, ...aliases]);
    expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
    expect(materialTypeOf('MG11')).toBe('witness-statements');
    expect(materialTypeOf(' The letter of the vicar ')).toBe('The letter of the vicar');
  });
});
