import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { courtName, courtType, houseName } from '../../db/reference/court-name.ts';
import { plainText } from '../../db/reference/plain-text.ts';
import { readReferenceFile } from '../../src/reference/reference-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = fileURLToPath(new URL('../../db/reference/data/', import.meta.url));
const texts = readdirSync(folder).map((name) => readFileSync(`${folder}${name}`, 'utf8'));

describe('the committed reference files', () => {
  it('are what the generator writes from the installed source', async () => {
    const script = ['--import', 'tsx', 'db/reference/generate-reference-data.ts', '--check'];
    await expect(promisify(execFile)(process.execPath, script, { cwd: root })).resolves.toMatchObject({
      stderr: '',
    });
  });

  it('are under 3 MB together', () => {
    expect(texts.reduce((total, text) => total + Buffer.byteLength(text), 0)).toBeLessThan(3_000_000);
  });

  it('each name their source, its version and its licence', () => {
    for (const file of texts.map(readReferenceFile)) {
      expect(file.source).toContain('@moj-bichard7-developers/bichard7-next-data');
      expect(file.version).toBe('2.0.414');
      expect(file.licence).toContain('MIT');
    }
  });

  it('hold no markup', () => {
    for (const file of texts.map(readReferenceFile)) {
      expect(file.rows.flat().join('\n')).not.toMatch(/<\/?(ul|ol|li|p|br)\b|\{:\/\}|&(amp|nbsp);/i);
    }
  });
});

describe('the name of a court', () => {
  it.each([
    ['Croydon', 'crown', 'Croydon Crown Court'],
    ['Croydon', 'magistrates', "Croydon Magistrates' Court"],
    ['Bromley (London Road)', 'magistrates', "Bromley Magistrates' Court (London Road)"],
    ['Newport (Crown Court Building)', 'magistrates', "Newport Magistrates' Court (Crown Court Building)"],
    ['Central Criminal Court', 'crown', 'Central Criminal Court'],
    ['Birmingham Youth Court (Steelehouse Lane)', 'youth', 'Birmingham Youth Court (Steelehouse Lane)'],
    ['North Staffordshire Justice Centre', 'magistrates', 'North Staffordshire Justice Centre'],
  ] as const)('of house %s of type %s is %s', (house, type, expected) => {
    expect(courtName(house, type)).toBe(expected);
  });

  it("mends the source's slips", () => {
    expect(houseName('Hatfield Magistrates’ Court')).toBe("Hatfield Magistrates' Court");
    expect(houseName('Shire Hall ((County Court, Taunton)')).toBe('Shire Hall (County Court, Taunton)');
  });

  it('shows a youth court, which has no code type of its own', () => {
    expect(courtType('B', 'Birmingham Youth Court (Steelehouse Lane)')).toBe('youth');
    expect(courtType('B', 'Belmarsh')).toBe('magistrates');
    expect(courtType('C', 'Croydon')).toBe('crown');
  });
});

describe('the text of a definition', () => {
  it('is one item a line, without markup', () => {
    expect(plainText('One of:<ol><li>This &amp; that</li><li> The  other</li></ol>{:/}')).toBe(
      'One of:\n- This & that\n- The other',
    );
  });

  it('drops empty items', () => {
    expect(plainText('<ul></li> <li>3028 Disqualification</li><li></li></ul>')).toBe(
      '- 3028 Disqualification',
    );
  });
});
