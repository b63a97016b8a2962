import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ReferenceFile, Row } from '../../src/reference/reference-file.ts';
import type { CodeList, ReferenceList } from '../../src/reference/types.ts';
import { courtName, courtType, houseName } from './court-name.ts';
import { plainText } from './plain-text.ts';
import type * as Source from './source-shapes.ts';

const packageName = '@moj-bichard7-developers/bichard7-next-data';
const require = createRequire(import.meta.url);

function read<T>(path: string): T {
  return JSON.parse(readFileSync(require.resolve(`${packageName}/${path}`), 'utf8')) as T;
}

/** Rows in the order of their first differing value by code point, which is the same on every machine. */
function inOrder(a: Row, b: Row): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

function fileOf(list: ReferenceList, columns: readonly string[], rows: readonly Row[]): ReferenceFile {
  return {
    list,
    source: `${packageName} (npm), the standing data of the criminal justice system as police systems use it`,
    version: read<{ version: string }>('package.json').version,
    licence: 'MIT, Ministry of Justice',
    columns,
    rows: rows.toSorted(inOrder),
  };
}

/** Every list of the installed package, as the files that are committed. */
export function sourceLists(): ReferenceFile[] {
  return [offences(), courts(), forces(), resultCodes(), triggers(), exceptions(), codes()];
}

function offences(): ReferenceFile {
  const rows = read<Source.Offence[]>('data/offence-code.json').map((offence) => [
    offence.cjsCode,
    offence.offenceTitle.replaceAll(/\s+/g, ' ').trim() || null,
    offence.offenceCategory,
    offence.recordableOnPnc ? 't' : 'f',
  ]);
  return fileOf('offences', ['code', 'title', 'category', 'recordable_on_pnc'], rows);
}

function courts(): ReferenceFile {
  const rows = read<Source.OrganisationUnit[]>('data/organisation-unit.json')
    .filter((unit) => unit.topLevelName === "Magistrates' Courts" || unit.topLevelName === 'Crown Courts')
    // A unit without a third level is the area itself ("London"), where nobody can be heard.
    .filter((unit) => unit.thirdLevelName)
    .map((unit) => {
      const house = houseName(unit.thirdLevelName);
      const type = courtType(unit.topLevelCode, house);
      const code = unit.topLevelCode + unit.secondLevelCode + unit.thirdLevelCode + unit.bottomLevelCode;
      return [
        code,
        type,
        courtName(house, type),
        house,
        unit.secondLevelName,
        unit.thirdLevelPsaCode || null,
      ];
    });
  return fileOf('courts', ['code', 'type', 'name', 'house', 'area', 'psa_code'], rows);
}

function forces(): ReferenceFile {
  const rows = read<Source.Force[]>('data/forces.json')
    // "B01DU" (City of London) stands among the forces, but it is a court's code and begins no URN.
    .filter((force) => /^\d\d$/.test(force.code))
    .map((force) => [force.code, force.name]);
  return fileOf('forces', ['code', 'name'], rows);
}

function resultCodes(): ReferenceFile {
  const types: Readonly<Record<string, string>> = { F: 'final', I: 'interim', P: 'other' };
  const rows = read<Source.ResultCode[]>('data/result-code.json').map((result) => [
    result.cjsCode,
    result.description.trim(),
    types[result.type] ?? null,
  ]);
  return fileOf('result-codes', ['code', 'description', 'type'], rows);
}

function triggers(): ReferenceFile {
  const rows = read<Source.Trigger[]>('data/trigger-definitions.json').map((trigger) => [
    trigger.code,
    plainText(trigger.shortDescription),
    plainText(trigger.description),
    plainText(trigger.cjsResultCode ?? '') || null,
    plainText(trigger.pncScreenToUpdate ?? '') || null,
  ]);
  return fileOf('triggers', ['code', 'name', 'description', 'raised_by', 'screen'], rows);
}

function exceptions(): ReferenceFile {
  const rows = read<Source.Exception[]>('data/exception-definitions.json').map((exception) => [
    exception.code,
    ...Object.values(detail(exception)),
    JSON.stringify((exception.details ?? []).map(detail)),
  ]);
  const columns = ['code', 'name', 'description', 'cause', 'correction', 'prevention', 'details'];
  return fileOf('exceptions', columns, rows);
}

function detail(source: Source.ExceptionText) {
  return {
    name: plainText(source.shortDescription),
    description: plainText(source.description),
    cause: plainText(source.cause),
    correction: plainText(source.correctingThisError),
    prevention: plainText(source.avoidingThisError),
  };
}

function codes(): ReferenceFile {
  const lists: [CodeList, string][] = [
    ['pleas', 'plea-status'],
    ['verdicts', 'verdict'],
    ['remand-statuses', 'remand-status'],
    ['hearing-types', 'type-of-hearing'],
    ['offence-categories', 'offence-category'],
  ];
  const rows = lists.flatMap(([list, file]) =>
    read<Source.Code[]>(`data/${file}.json`).map((code) => [
      list,
      code.cjsCode,
      code.spiCode ?? '',
      code.pncCode || null,
      code.description.trim(),
    ]),
  );
  return fileOf('codes', ['list', 'code', 'spi_code', 'pnc_code', 'description'], rows);
}
