import { describe, expect, test } from 'vitest';
import { decodeXml, mostBytes } from '../../src/court-results/decode-xml.ts';
import { readSpi } from '../../src/court-results/read-spi.ts';
import { readMessage } from '../../src/court-results/receive-message.ts';
import { bareMessage, message, routedMessage, type MessageSaid } from './message.ts';

const said: MessageSaid = {
  id: 'CID-77',
  sentAt: '2026-03-02T17:05:00Z',
  urn: '21ab9000126',
  also: [{ urn: '21AB9000226' }],
  defendants: [
    {
      bail: 'B',
      conditions: 'Not to enter Fizzgig Row',
      offences: [
        {
          plea: '2',
          finding: 'G',
          convictedOn: '2026-03-02',
          isFinal: true,
          results: [
            { code: 4027, text: 'Tom & Jerry <b>', qualifiers: ['jk', 'LI'] },
            {
              text: 'words alone',
              next: { on: '2026-03-30', time: '14:00:00', court: 'c01ab00', reason: 'for trial', bail: 'B' },
            },
          ],
        },
        {},
      ],
    },
    { given: 'Perdita', family: 'Squillhampton', born: '' },
  ],
};

const read = (text: string) => {
  const found = readSpi(text);
  if ('kind' in found) throw new Error(found.reason);
  return found;
};
const refusal = (text: string) => {
  const found = readSpi(text);
  return 'kind' in found ? `${found.why}: ${found.reason}` : 'read';
};

describe('a message of a court', () => {
  test('says the same bare, in a DeliverRequest and in a RouteData, but for who sent it and when', () => {
    const bare = read(bareMessage(said));
    expect({ ...bare, cases: 0 }).toEqual({ source: 'court', messageId: null, sentAt: null, cases: 0 });
    const delivered = read(message(said));
    expect({ ...delivered, cases: 0 }).toEqual({
      ...{ source: 'LIBRA', messageId: 'CID-77', sentAt: '2026-03-02T17:05:00.000Z', cases: 0 },
    });
    const routed = read(routedMessage(said));
    expect({ ...routed, cases: 0 }).toEqual({
      ...{ source: 'B00LIBRA', messageId: 'CID-77', sentAt: '2026-03-02T16:57:17.043Z', cases: 0 },
    });
    expect(delivered.cases).toEqual(bare.cases);
    expect(routed.cases).toEqual(bare.cases);
  });

  test('is read whole: every case, defendant, offence, result, next hearing, bail status, plea and finding', () => {
    const { cases } = read(message(said));
    expect(cases.map(({ urn }) => urn)).toEqual(['21AB9000126', '21AB9000226']);
    const [first] = cases;
    expect(first?.hearing).toEqual({ court: 'B01EF01', on: '2026-03-02', time: '10:00' });
    expect(
      first?.defendants.map(({ name, dateOfBirth, bailStatus }) => [name, dateOfBirth, bailStatus]),
    ).toEqual([
      ['Orsino Blenkhurst', '1990-04-12', 'B'],
      ['Perdita Squillhampton', '', 'A'],
    ]);
    expect(first?.defendants[0]?.hasBailConditions).toBe(true);
    expect(first?.defendants[0]?.offences).toEqual([
      {
        ...{ sequence: '1', code: 'TH68006', committedOn: '2026-02-01', plea: '2', finding: 'G' },
        ...{ convictedOn: '2026-03-02', isFinal: true },
        results: [
          { code: '4027', text: 'Tom & Jerry <b>', qualifiers: ['JK', 'LI'], nextHearing: null },
          {
            ...{ code: null, text: 'words alone', qualifiers: [] },
            nextHearing: {
              court: 'C01AB00',
              on: '2026-03-30',
              time: '14:00',
              reason: 'for trial',
              bailStatus: 'B',
            },
          },
        ],
      },
      {
        ...{ sequence: '2', code: 'TH68006', committedOn: '2026-02-01', plea: '3', finding: '' },
        ...{ convictedOn: '', isFinal: false, results: [] },
      },
    ]);
  });

  test('may have any prefixes, comments, CDATA sections and elements that are not known here', () => {
    const strange = bareMessage(said)
      .replaceAll('DC:', 'q:')
      .replaceAll('xmlns:DC', 'xmlns:q')
      .replace(
        '<q:Offence>',
        '<!-- <q:Offence> --><q:Novelty><q:Deep a=">">&amp;</q:Deep></q:Novelty><q:Offence>',
      )
      .replace('Tom &amp; Jerry &lt;b>', '<![CDATA[Tom & Jerry <b>]]>');
    expect(read(strange)).toEqual(read(bareMessage(said)));
  });

  test('has a company as its defendant', () => {
    const company = bareMessage({ defendants: [{}] }).replace(
      /<DC:CourtIndividualDefendant>[\s\S]*<\/DC:CourtIndividualDefendant>/,
      '<DC:CourtCorporateDefendant><DC:BailStatus>A</DC:BailStatus><DC:OrganisationName><DC:OrganisationName>Fizzgig Haulage</DC:OrganisationName></DC:OrganisationName></DC:CourtCorporateDefendant>',
    );
    expect(read(company).cases[0]?.defendants[0]).toMatchObject({ name: 'Fizzgig Haulage', bailStatus: 'A' });
  });

  test('has up to a hundred offences, and many defendants', () => {
    const offences = Array.from({ length: 100 }, () => ({ results: [{ code: 1015, text: 'Fined' }] }));
    const { cases } = read(message({ defendants: [{ offences }, { offences }, { offences }] }));
    expect(cases[0]?.defendants.map((one) => one.offences.length)).toEqual([100, 100, 100]);
  });
});

describe('what is no message of a court is refused with a reason', () => {
  const body = bareMessage();
  const entities = (dtd: string, use: string) => `<!DOCTYPE x [${dtd}]>${body.replace('TH68006', use)}`;
  const bomb = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

  test.each([
    ['a document type', '<!DOCTYPE x><x/>', /^malformed: .*document type/],
    ['an external entity', entities('<!ENTITY e SYSTEM "file:///etc/passwd">', '&e;'), /document type/],
    [
      'a parameter entity',
      entities('<!ENTITY % p SYSTEM "http://court.invalid/x"> %p;', 'x'),
      /document type/,
    ],
    ['a thousand million laughs', entities(`<!ENTITY l0 "ha">${bomb}`, '&l9;'), /document type/],
    [
      'a document type after the element begins',
      body.replace('<DC:Session>', '<!DOCTYPE x><DC:Session>'),
      /document type/,
    ],
    ['an entity without one', body.replace('TH68006', '&lol;'), /^malformed: .*entity/],
    ['an entity in an attribute', body.replace('0.6g', '&lol;'), /entity/],
    ['a NUL', body.replace('TH68006', 'TH\u000068006'), /^malformed: .*character/],
    ['the number of a NUL', body.replace('TH68006', 'TH&#0;68006'), /^malformed: .*character/],
    ['the number of no character', body.replace('TH68006', '&#x110000;'), /character/],
    [
      'a message that was cut off',
      body.slice(0, body.length / 2),
      /^malformed: .*(ends before|does not end)/,
    ],
    ['a tag that is not closed', body.replace('</DC:Case>', ''), /^malformed/],
    ['two elements', `${body}<x/>`, /more than one element/],
    ['text after the element', `${body}x`, /outside/],
    ['nesting without end', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, /nested/],
    ['elements without end', `<a>${'<b/>'.repeat(200_001)}</a>`, /^too-large/],
    ['nothing', '', /no element/],
    ['other words', 'hello', /outside/],
    ['JSON', '{"urn":"21AB9000126"}', /outside/],
    ['another document', '<html><body/></html>', /^invalid: .*no ResultedCaseMessage/],
    ['an empty envelope', '<DeliverRequest><Message/></DeliverRequest>', /^invalid/],
    [
      'a route of a route',
      `<RouteData><DataStream><DataStreamContent>&lt;RouteData/></DataStreamContent></DataStream></RouteData>`,
      /^invalid/,
    ],
    ['a message without a case', body.replace(/<DC:Case>[\s\S]*<\/DC:Case>/, ''), /^invalid: .*no case/],
    [
      'a message without a hearing',
      body.replace(/<DC:CourtHearing>[\s\S]*<\/DC:CourtHearing>/, ''),
      /^invalid: .*hearing/,
    ],
    [
      'names that mean something to a program',
      body.replace('</DC:Case>', '<__proto__><a>1</a></__proto__></DC:Case>'),
      /^malformed|read/,
    ],
  ])('%s', (_what, text, reason) => {
    expect(refusal(text)).toMatch(reason);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('in whichever encoding it is, the text is what the bytes say, or it is refused', () => {
    const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
    const named = bareMessage({ defendants: [{ family: 'Blenkhürst' }] });
    const nameOf = (given: Uint8Array, charset?: string) => {
      const found = readMessage(given, charset);
      return found.kind === 'read' ? found.message.cases[0]?.defendants[0]?.name : `${found.why}`;
    };
    const latin = `<?xml version="1.0" encoding="ISO-8859-1"?>${named}`;
    expect(nameOf(bytes(named, 'utf8'))).toBe('Orsino Blenkhürst');
    expect(nameOf(bytes(`\ufeff${named}`, 'utf8'))).toBe('Orsino Blenkhürst');
    expect(nameOf(bytes(`\ufeff${named}`, 'utf16le'))).toBe('Orsino Blenkhürst');
    expect(nameOf(bytes(latin, 'latin1'))).toBe('Orsino Blenkhürst');
    expect(nameOf(bytes(named, 'latin1'), 'iso-8859-1')).toBe('Orsino Blenkhürst');
    expect(nameOf(bytes(named, 'latin1'))).toBe('malformed');
    expect(nameOf(bytes(`<?xml version="1.0" encoding="utf-7"?>${named}`, 'latin1'))).toBe('unsupported');
    expect(nameOf(bytes(named, 'utf16le'))).toBe('malformed');
  });

  test('over the size limit, before anything is made of it', () => {
    const found = decodeXml(new Uint8Array(mostBytes + 1));
    expect(found).toMatchObject({ kind: 'refused', why: 'too-large' });
  });
});
