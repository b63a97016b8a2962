import { addMonths, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { OffenceClass } from '../deadlines/case-state.ts';
import type { Instant } from '../platform/clock.ts';
import type { FieldError } from '../platform/failure.ts';
import type { ReferenceOffence } from '../reference/types.ts';
import { checkPerson } from '../victims/check-person.ts';
import { futureErrors } from './check-future.ts';
import { detailsOf, type CaseBody, type PersonBody } from './case-body.ts';

/** What the hub knows of whatever a new case names. */
export type KnownToHub = {
  offences: ReadonlyMap<string, ReferenceOffence>;
  officerExists: boolean;
  unknownStaff: ReadonlySet<string>;
  /** The hub's time: no case has been received after it. */
  now: Instant;
};

/** Everything in a new case that contradicts itself or what the hub knows, each naming its field. Pure. */
export function checkCase(body: CaseBody, known: KnownToHub): FieldError[] {
  const errors: FieldError[] = futureErrors({ receivedAt: body.receivedAt }, known.now);
  const problem = (path: string, message: string) => errors.push({ path, message });
  const receivedOn = civilDateOf(body.receivedAt);
  if (!known.officerExists) problem('officer', 'is not the collar number of an officer that is known here');
  body.visibleTo.forEach((id, i) => {
    if (known.unknownStaff.has(id)) problem(`visibleTo.${i}`, 'is not a member of staff that is known here');
  });
  if (body.visibleTo.length > 0 && !body.restricted)
    problem('visibleTo', 'names who may see a restricted case, but the case is not restricted');
  const charges = body.defendants.flatMap(({ offences }) => offences.map(({ chargedOn }) => chargedOn));
  const firstCharge = charges.filter((day) => day !== undefined).sort()[0];
  body.defendants.forEach((defendant, d) => {
    if (defendant.dateOfBirth !== undefined && defendant.dateOfBirth > receivedOn)
      problem(`defendants.${d}.dateOfBirth`, 'is after the case was received');
    checkRemand(defendant, d, problem);
    const isSingleJustice = body.initiation === 'single-justice-procedure';
    if (
      isSingleJustice &&
      defendant.dateOfBirth !== undefined &&
      addMonths(defendant.dateOfBirth, 18 * 12) > receivedOn
    )
      problem(
        `defendants.${d}.dateOfBirth`,
        'is of somebody under 18, whom a single justice cannot try (s.16A Magistrates’ Courts Act 1980)',
      );
    defendant.offences.forEach((offence, o) => {
      const at = `defendants.${d}.offences.${o}`;
      if (offence.committedOn > receivedOn) problem(`${at}.committedOn`, 'is after the case was received');
      if (offence.chargedOn !== undefined && offence.chargedOn < offence.committedOn)
        problem(`${at}.chargedOn`, 'is before the offence was committed');
      checkClass(offence, at, known.offences.get(offence.code), problem);
      if (isSingleJustice) checkSingleJustice(offence, at, known.offences.get(offence.code), problem);
    });
  });
  body.hearings.forEach((hearing, h) => {
    if (firstCharge !== undefined && hearing.on < firstCharge)
      problem(`hearings.${h}.on`, 'is before the charge');
  });
  for (const group of ['victims', 'witnesses'] as const)
    body[group].forEach((person, p) => {
      for (const { path, message } of checkNewPerson({ ...person, enhancedRights: false }, receivedOn))
        problem(`${group}.${p}.${path}`, message);
    });
  return errors;
}

/** Everything in a new victim or witness that contradicts itself, each naming its field. Pure. */
export function checkNewPerson(person: PersonBody, receivedOn: CivilDate): FieldError[] {
  const { safeContact = null, preferred, enhancedRights, reasons, dateOfBirth } = person;
  const details = detailsOf(person);
  return [
    ...(dateOfBirth !== undefined && dateOfBirth > receivedOn
      ? [{ path: 'dateOfBirth', message: 'is after the case was received' }]
      : []),
    ...checkPerson(
      {
        needsAssessment: null,
        unavailable: null,
        ...{ safeContact, preferred, details, enhancedRights, reasons },
      },
      receivedOn,
    ),
  ];
}

type Problem = (path: string, message: string) => void;

function checkRemand(defendant: CaseBody['defendants'][number], d: number, problem: Problem): void {
  const { remand, remandedOn } = defendant;
  if (remandedOn === undefined) return;
  if (remand !== 'custody')
    problem(`defendants.${d}.remandedOn`, 'is given, but the defendant is not remanded in custody');
  if (defendant.offences.every(({ committedOn }) => remandedOn < committedOn))
    problem(`defendants.${d}.remandedOn`, 'is before the offence was committed');
  else if (defendant.offences.every(({ chargedOn }) => chargedOn !== undefined && remandedOn < chargedOn))
    problem(`defendants.${d}.remandedOn`, 'is before the charge');
}

/**
 * A single justice tries summary offences that are not punishable with imprisonment (s.16A Magistrates’ Courts Act 1980).
 * The reference data does not say which of the summary ones are, so that those are let through.
 */
function checkSingleJustice(
  offence: Pick<CaseBody['defendants'][number]['offences'][number], 'class'>,
  at: string,
  reference: ReferenceOffence | undefined,
  problem: Problem,
): void {
  const is = reference?.class ?? offence.class;
  if (is !== undefined && is !== 'summary-only')
    problem(
      `${at}.code`,
      `cannot be tried by a single justice: it is ${is} (s.16A Magistrates’ Courts Act 1980)`,
    );
}

/** What of a charge does not follow from its code, or contradicts it. `at` is the path of the charge. */
export function checkClass(
  offence: Pick<CaseBody['defendants'][number]['offences'][number], 'class' | 'title'>,
  at: string,
  reference: ReferenceOffence | undefined,
  problem: Problem,
): void {
  const follows = reference?.class ?? null;
  if (follows === null) {
    if (offence.class === undefined)
      problem(`${at}.class`, 'is needed: it does not follow from this offence code');
  } else if (offence.class !== undefined && offence.class !== follows)
    problem(`${at}.class`, `contradicts the offence code, which is ${follows}`);
  if (offence.title === undefined && !reference?.title)
    problem(`${at}.title`, 'is needed: this offence code has no title in the reference data');
}

/** The class of an offence: as given, else as it follows from its code. Call it only on what `checkCase` passed. */
export function classOf(
  offence: { code: string; class?: OffenceClass | undefined },
  offences: ReadonlyMap<string, ReferenceOffence>,
): OffenceClass {
  const found = offence.class ?? offences.get(offence.code)?.class;
  if (!found) throw new Error('an offence without a class was let through');
  return found;
}
