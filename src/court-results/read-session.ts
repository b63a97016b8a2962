import {
  refused,
  type CourtOffence,
  type CourtResult,
  type CourtSitting,
  type NextHearing,
  type Refusal,
  type SpokenCase,
  type SpokenDefendant,
} from './court-message.ts';
import { child, children, down, textAt, type XmlNode } from './xml-tree.ts';

/** The cases of one sitting of a court, each with its defendants, their offences and what was decided. Pure. */
export function readSession(session: XmlNode): { cases: SpokenCase[] } | Refusal {
  const sitting = down(session, 'CourtHearing', 'Hearing');
  if (sitting === undefined)
    return refused('invalid', 'The message does not say which hearing: CourtHearing/Hearing is needed.');
  const hearing = hearingOf(sitting);
  const cases = children(session, 'Case').map((one) => ({
    urn: textAt(one, 'PTIURN').toUpperCase(),
    hearing,
    defendants: children(one, 'Defendant').map(defendantOf),
  }));
  return { cases };
}

function hearingOf(node: XmlNode): CourtSitting {
  return {
    court: textAt(node, 'CourtHearingLocation').toUpperCase(),
    on: textAt(node, 'DateOfHearing'),
    time: timeOf(textAt(node, 'TimeOfHearing')),
  };
}

/** "10:00:00" is "10:00"; what is no time of day is none. */
function timeOf(text: string): string | null {
  return /^(?:[01]\d|2[0-3]):[0-5]\d/.exec(text)?.[0] ?? null;
}

function defendantOf(node: XmlNode): SpokenDefendant {
  const person = child(node, 'CourtIndividualDefendant');
  const company = child(node, 'CourtCorporateDefendant');
  const details = down(person, 'PersonDefendant', 'BasePersonDetails');
  const names = down(details, 'PersonName');
  const given = ['PersonGivenName1', 'PersonGivenName2', 'PersonGivenName3'].map((name) =>
    textAt(names, name),
  );
  return {
    name: [
      ...given,
      textAt(names, 'PersonFamilyName'),
      textAt(company, 'OrganisationName', 'OrganisationName'),
    ]
      .filter((part) => part !== '')
      .join(' '),
    dateOfBirth: textAt(details, 'Birthdate'),
    bailStatus: (textAt(person, 'BailStatus') || textAt(company, 'BailStatus')).toUpperCase(),
    hasBailConditions: textAt(person, 'PersonDefendant', 'BailConditions') !== '',
    offences: children(node, 'Offence').map(offenceOf),
  };
}

function offenceOf(node: XmlNode): CourtOffence {
  const base = child(node, 'BaseOffenceDetails');
  return {
    sequence: textAt(base, 'OffenceSequenceNumber').replace(/^0+(?=\d)/, ''),
    code: textAt(base, 'OffenceCode').toUpperCase(),
    committedOn: textAt(base, 'OffenceTiming', 'OffenceStart', 'OffenceDateStartDate'),
    plea: textAt(node, 'Plea'),
    finding: textAt(node, 'Finding').toUpperCase(),
    convictedOn: textAt(node, 'ConvictionDate') || textAt(base, 'ConvictionDate'),
    isFinal: textAt(node, 'FinalDisposalIndicator').toUpperCase() === 'Y',
    results: children(node, 'Result').map(resultOf),
  };
}

function resultOf(node: XmlNode): CourtResult {
  const next = child(node, 'NextHearing');
  return {
    code: textAt(node, 'ResultCode') || null,
    text: textAt(node, 'ResultText'),
    qualifiers: children(node, 'ResultCodeQualifier').map((one) => textAt({ one }, 'one').toUpperCase()),
    nextHearing: next === undefined ? null : nextHearingOf(next),
  };
}

function nextHearingOf(node: XmlNode): NextHearing {
  const details = child(node, 'NextHearingDetails');
  return {
    ...hearingOf(details ?? ''),
    reason: textAt(node, 'NextHearingReason'),
    bailStatus: textAt(node, 'BailStatusOffence').toUpperCase(),
  };
}
