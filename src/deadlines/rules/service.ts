import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { deemedServiceDay } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { servedBy, servedOrAnswered } from '../service-periods.ts';
import { calculationOnly } from '../starts.ts';

/** Days of service: worked out for whoever asks, and owed by nobody. What is served in a case is counted by them. */
const calculation = {
  version: 1,
  inForce: sinceCrimPR2020,
  owner: 'hub',
  about: 'case',
  consequence: 'record',
  danger: false,
  starts: calculationOnly('the rules that run from service use it'),
  meets: [],
  ends: [],
  warnings: [],
  task: {
    kind: 'service',
    title: 'Note the day of service',
    when: 'never',
    effortMinutes: 1,
    meets: true,
  },
  ifMissed: 'Nothing: this is a calculation.',
} as const;

const provision = (paragraph: string) =>
  ({ instrument: crimPR2025, provision: `r.4.11${paragraph}`, grade: 'A' }) as const;

export const service: readonly Rule[] = [
  {
    ...calculation,
    id: 'deemed-service',
    title: 'Day on which a document is taken to be served',
    authority: provision('(2), (3)'),
    period: deemedServiceDay,
    examples: [
      {
        facts: { method: 'first-class-post', at: '2026-06-11' },
        legalDue: '2026-06-15',
        why: 'second business day after posting',
      },
      {
        facts: { method: 'email', at: '2026-11-20T14:31:00.000Z' },
        legalDue: '2026-11-23',
        why: 'one minute after 2.30pm on a Friday is the next business day',
      },
      {
        facts: { method: 'left-at-address', at: '2026-04-02' },
        legalDue: '2026-04-07',
        why: 'the next business day after Easter',
      },
    ],
  },
  {
    ...calculation,
    id: 'service-handed',
    title: 'Service by handing over',
    authority: provision(', on handing over'),
    period: servedBy('handed-over', 'the day on which it is handed over'),
    examples: [
      { facts: { at: '2026-06-10' }, legalDue: '2026-06-10', why: 'the same day' },
      {
        facts: { at: '2026-04-03' },
        legalDue: '2026-04-03',
        actionDue: '2026-04-02',
        why: 'the same day, Good Friday or not',
      },
    ],
  },
  {
    ...calculation,
    id: 'service-left',
    title: 'Service by leaving at an address',
    authority: provision('(2)(a)'),
    period: servedBy('left-at-address', 'the next business day after it is left'),
    examples: [
      { facts: { at: '2026-04-02' }, legalDue: '2026-04-07', why: 'over Easter' },
      { facts: { at: '2026-06-10' }, legalDue: '2026-06-11', why: 'the next business day' },
    ],
  },
  {
    ...calculation,
    id: 'service-post',
    title: 'Service by first class post',
    authority: provision('(2)(b)'),
    period: servedBy('first-class-post', 'the second business day after posting'),
    examples: [
      { facts: { at: '2026-06-11' }, legalDue: '2026-06-15', why: 'over a weekend' },
      { facts: { at: '2026-04-02' }, legalDue: '2026-04-08', why: 'over Easter' },
    ],
  },
  {
    ...calculation,
    id: 'service-dx',
    title: 'Service by document exchange',
    authority: provision('(2)(c)'),
    period: servedBy('document-exchange', 'the second business day after it is left'),
    examples: [
      { facts: { at: '2026-12-24' }, legalDue: '2026-12-30', why: 'the 25th and 28th are holidays' },
      { facts: { at: '2026-06-10' }, legalDue: '2026-06-12', why: 'the second business day' },
    ],
  },
  {
    ...calculation,
    id: 'service-email-cutoff',
    title: 'Service by e-mail, or by notice of deposit',
    authority: provision('(2)(d)'),
    period: servedBy('email', 'the business day on which it is sent by 2.30pm, otherwise the next'),
    examples: [
      { facts: { at: '2026-11-20T14:30:00.000Z' }, legalDue: '2026-11-20', why: 'by 2.30pm' },
      {
        facts: { at: '2026-04-02T13:31:00.000Z' },
        legalDue: '2026-04-07',
        why: '2.31pm British Summer Time on the Thursday before Easter',
      },
    ],
  },
  {
    ...calculation,
    id: 'service-computer-post',
    title: 'Service by post from a computer system',
    authority: provision('(3)'),
    period: servedBy(
      'computer-post',
      'taken as posted the next business day; the second business day after that',
    ),
    examples: [
      { facts: { at: '2026-11-13' }, legalDue: '2026-11-18', why: 'posted Monday, served Wednesday' },
      {
        facts: { at: '2026-04-02' },
        legalDue: '2026-04-09',
        why: 'over Easter: posted Tuesday, served Thursday',
      },
    ],
  },
  {
    ...calculation,
    id: 'service-response',
    title: 'Service shown by an earlier response',
    authority: provision(', on an earlier response'),
    period: servedOrAnswered,
    examples: [
      {
        facts: { service: { method: 'first-class-post', at: '2026-04-02', respondedOn: '2026-04-07' } },
        legalDue: '2026-04-07',
        why: 'answered the day before the 8th, on which it would have been served after Easter',
      },
      {
        facts: { service: { method: 'first-class-post', at: '2026-06-11', respondedOn: '2026-06-12' } },
        legalDue: '2026-06-12',
        why: 'answered the day after posting',
      },
    ],
  },
  {
    ...calculation,
    id: 'nip-service',
    title: 'Day on which a posted notice of intended prosecution is served',
    authority: {
      instrument: crimPR2025,
      provision: 'r.4.11(2)(b); Gidden v CC Humberside [2009] EWHC 2924 (Admin): late delivery may be proved',
      grade: 'A',
    },
    period: servedBy('first-class-post', 'the second business day after posting'),
    examples: [
      { facts: { at: '2026-06-11' }, legalDue: '2026-06-15', why: 'in time for an offence of 1 June, just' },
      { facts: { at: '2026-12-24' }, legalDue: '2026-12-30', why: 'the 25th and 28th are holidays' },
    ],
  },
];
