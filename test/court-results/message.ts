/** Messages of a court that the tests write themselves, in the schema of SPI, of people who do not exist. */
export type ResultSaid = {
  code?: string | number;
  text?: string;
  qualifiers?: string[];
  next?: { on: string; time?: string; court?: string; reason?: string; bail?: string };
};
export type OffenceSaid = {
  sequence?: number;
  code?: string;
  committedOn?: string;
  plea?: string;
  finding?: string;
  convictedOn?: string;
  isFinal?: boolean;
  results?: ResultSaid[];
};
export type DefendantSaid = {
  given?: string;
  family?: string;
  born?: string;
  bail?: string;
  conditions?: string;
  offences?: OffenceSaid[];
};
export type MessageSaid = {
  id?: string;
  sentAt?: string;
  urn?: string;
  court?: string;
  on?: string;
  time?: string;
  defendants?: DefendantSaid[];
  /** Further cases of the same sitting. */
  also?: { urn: string; defendants?: DefendantSaid[] }[];
};

const tag = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : `<DC:${name}>${escape(String(value))}</DC:${name}>`;
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A bare `ResultedCaseMessage`. */
export function bareMessage(said: MessageSaid = {}): string {
  const { urn = '21AB9000126', court = 'B01EF01', on = '2026-03-02', time = '10:00:00' } = said;
  const cases = [{ urn, defendants: said.defendants }, ...(said.also ?? [])];
  return `<DC:ResultedCaseMessage xmlns:DC="http://www.dca.gov.uk/xmlschemas/libra" Flow="ResultedCasesForThePolice" SchemaVersion="0.6g"><DC:Session>
<DC:CourtHearing><DC:Hearing>${tag('CourtHearingLocation', court)}${tag('DateOfHearing', on)}${tag('TimeOfHearing', time)}</DC:Hearing><DC:PSAcode>2576</DC:PSAcode></DC:CourtHearing>
${cases.map((one) => `<DC:Case>${tag('PTIURN', one.urn)}${(one.defendants ?? [{}]).map(defendant).join('')}</DC:Case>`).join('\n')}
</DC:Session></DC:ResultedCaseMessage>`;
}

/** The same in the envelope in which the courts' systems deliver it. */
export function message(said: MessageSaid = {}): string {
  const { id = 'CID-1', sentAt } = said;
  return `<?xml version="1.0" encoding="UTF-8"?>
<DeliverRequest xmlns="http://schemas.cjse.gov.uk/messages/deliver/2006-05" xmlns:mm="http://schemas.cjse.gov.uk/messages/metadata/2006-05" xmlns:msg="http://schemas.cjse.gov.uk/messages/messaging/2006-05">
<msg:MessageIdentifier>${escape(id)}</msg:MessageIdentifier>
<mm:MessageMetadata SchemaVersion="1.0"><mm:OriginatingSystem><msg:Name>LIBRA</msg:Name></mm:OriginatingSystem>${sentAt === undefined ? '' : `<mm:CreationDateTime>${sentAt}</mm:CreationDateTime>`}</mm:MessageMetadata>
<Message>${bareMessage(said)}</Message></DeliverRequest>`;
}

/** The same as the text of a route. */
export function routedMessage(said: MessageSaid = {}): string {
  return `<RouteData xmlns="http://schemas.cjse.gov.uk/common/operations"><RequestFromSystem><CorrelationID>
  ${escape(said.id ?? 'CID-1')}
</CorrelationID></RequestFromSystem><DataStream><System literalvalue="String">B00LIBRA</System><Dated>2026-03-02</Dated><Timed>16:57:17.043Z</Timed><DataStreamContent>${escape(bareMessage(said))}</DataStreamContent></DataStream></RouteData>`;
}

function defendant(said: DefendantSaid): string {
  const { given = 'Orsino', family = 'Blenkhurst', born = '1990-04-12', bail = 'A', conditions } = said;
  return `<DC:Defendant><DC:ProsecutorReference>2601ZD0100000448754K</DC:ProsecutorReference><DC:CourtIndividualDefendant>
<DC:PersonDefendant><DC:BasePersonDetails><DC:PersonName>${tag('PersonTitle', 'Mr')}${tag('PersonGivenName1', given)}${tag('PersonFamilyName', family)}</DC:PersonName>${tag('Birthdate', born)}</DC:BasePersonDetails>${tag('BailConditions', conditions)}</DC:PersonDefendant>
${tag('BailStatus', bail)}<DC:PresentAtHearing>Y</DC:PresentAtHearing></DC:CourtIndividualDefendant>
${(said.offences ?? [{}]).map((one, i) => offence(one, i + 1)).join('\n')}</DC:Defendant>`;
}

function offence(said: OffenceSaid, nth: number): string {
  const { sequence = nth, code = 'TH68006', committedOn = '2026-02-01', plea = '3' } = said;
  return `<DC:Offence><DC:BaseOffenceDetails>${tag('OffenceSequenceNumber', String(sequence).padStart(3, '0'))}${tag('OffenceCode', code)}<DC:OffenceTiming><DC:OffenceStart>${tag('OffenceDateStartDate', committedOn)}</DC:OffenceStart></DC:OffenceTiming></DC:BaseOffenceDetails>
${tag('Plea', plea)}${tag('FinalDisposalIndicator', said.isFinal ? 'Y' : 'N')}${tag('ConvictionDate', said.convictedOn)}${tag('Finding', said.finding)}${(said.results ?? []).map(result).join('')}</DC:Offence>`;
}

function result({ code, text = '', qualifiers = [], next }: ResultSaid): string {
  const hearing =
    next === undefined
      ? ''
      : `<DC:NextHearing><DC:NextHearingDetails>${tag('CourtHearingLocation', next.court ?? 'B01EF01')}${tag('DateOfHearing', next.on)}${tag('TimeOfHearing', next.time ?? '14:00:00')}</DC:NextHearingDetails>${tag('NextHearingReason', next.reason)}${tag('BailStatusOffence', next.bail)}</DC:NextHearing>`;
  return `<DC:Result>${tag('ResultCode', code)}${tag('ResultText', text)}${qualifiers.map((one) => tag('ResultCodeQualifier', one)).join('')}${hearing}</DC:Result>`;
}
