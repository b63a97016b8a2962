import type { FieldError } from '../platform/failure.ts';
import { levels, type ChasingLadder, type LadderStep } from './ladder.ts';
import { criticalStep } from './plan-steps.ts';

/** Everything that is wrong with a ladder that a force wants, each naming its field. Pure. */
export function checkLadder(ladder: Pick<ChasingLadder, 'ordinary' | 'compressed'>): FieldError[] {
  return (['ordinary', 'compressed'] as const).flatMap((which) => checkSteps(ladder[which], which));
}

function checkSteps(steps: readonly LadderStep[], which: string): FieldError[] {
  const errors: FieldError[] = [];
  steps.forEach((step, i) => {
    const problem = (field: string, message: string) =>
      errors.push({ path: `${which}.${i}.${field}`, message });
    const before = steps[i - 1];
    const isLast = i === steps.length - 1;
    if (step.step === criticalStep) problem('step', 'is a name that the hub keeps for itself');
    if (steps.findIndex((other) => other.step === step.step) !== i) problem('step', 'comes twice');
    if (before !== undefined && step.businessDays < before.businessDays)
      problem('businessDays', 'is before the step above it');
    if (before !== undefined && levels.indexOf(step.level) < levels.indexOf(before.level))
      problem('level', 'is below the level of the step above it');
    if (i === 0 && step.level !== 'officer') problem('level', 'must be officer: they are asked first');
    if (isLast && step.level !== 'caseworker')
      problem('level', 'must be caseworker: the last step asks for a decision');
    if (!isLast && step.level === 'caseworker') problem('level', 'may be caseworker at the last step alone');
    if (step.level !== 'officer' && step.businessDays < 0)
      problem('businessDays', 'is before the day on which it is due: only the officer is asked by then');
  });
  return errors;
}
