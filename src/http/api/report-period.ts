import { readNow } from '../../../db/read-now.ts';
import type { Database } from '../../../db/connect.ts';
import { addMonths } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { civilDateField } from '../../deadlines/facts.ts';
import { invalidField, type Failure } from '../../platform/failure.ts';
import type { Period } from '../../reports/quality-scope.ts';

/** Months that a report may cover: what is older is another year's question. */
const mostMonths = 36;

/** The query of the period of a report. */
export function periodFields(usualMonths: number) {
  const usual = usualMonths === 1 ? 'A month' : `${usualMonths} months`;
  return {
    from: civilDateField.optional().meta({ description: `${usual} before \`to\` unless given` }),
    to: civilDateField.optional().meta({ description: 'Today unless given' }),
  };
}

/** The period that was asked for; the last months where it was not said. */
export async function periodOf(
  db: Database,
  asked: { from?: string | undefined; to?: string | undefined },
  usualMonths: number,
): Promise<Period | Failure> {
  const to = asked.to ?? civilDateOf(await readNow(db));
  const from = asked.from ?? addMonths(to, -usualMonths);
  if (to < from) return invalidField('to', 'is before from');
  if (addMonths(from, mostMonths) < to)
    return invalidField('from', `is more than ${mostMonths} months before to`);
  return { from, to };
}

/** The name of the file that a report is saved as. */
export const fileNameOf = (report: string, { from, to }: Period) => `${report}-${from}-to-${to}`;
