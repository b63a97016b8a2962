import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { cases, chasers, materialRequests } from '../../db/schema/index.ts';
import { addDays, daysBetween, sayDate } from '../calendar/civil-date.ts';
import { civilDateOf, endOfDay } from '../calendar/london-time.ts';
import { sayMaterial } from '../materials/material-types.ts';
import type { MessageWriter } from '../messages/message-types.ts';
import { linkDays, signLink } from './officer-link.ts';

type Item = { urn: string; material: string; why: string; dueOn: string; officer: string };

/**
 * Writes a chaser, or an escalation, at the moment it is sent: everything that is still owed of what it was to ask
 * for, most urgent first. Nothing to say where all of it has come. URN, item and link; no defendant, no victim.
 */
export function chaserWriter(publicUrl: string, linkSecret: string): MessageWriter {
  return async (tx, message) => {
    const today = civilDateOf(await readNow(tx));
    const items = await itemsOf(tx, message.id);
    if (items.length === 0) return 'nothing-to-say';
    const count = items.length === 1 ? '1 item' : `${items.length} items`;
    if (message.purpose === 'escalation')
      return {
        subject: `Overdue from your officers: ${count}`,
        body: [
          'These were asked for and have not come:',
          ...items.map((item) => `${item.officer}: ${line(item, today)}`),
          'Please see that they are sent. The caseworker decides next what to do without them.',
        ].join('\n\n'),
      };
    const token = signLink(
      { officer: message.toId, messageId: message.id, expiresAt: endOfDay(addDays(today, linkDays)) },
      linkSecret,
    );
    return {
      subject: `The Prosecution Hub needs ${count} from you`,
      body: [
        'These are needed from you:',
        ...items.map((item) => line(item, today)),
        `Say in a minute what you have sent, what will be late and what is not yours: ${publicUrl}/r/${token}`,
      ].join('\n\n'),
    };
  };
}

function line({ urn, material, why, dueOn }: Item, today: string): string {
  const late = daysBetween(dueOn, today);
  const when =
    late > 0
      ? `was due on ${sayDate(dueOn)}, ${late} ${late === 1 ? 'day' : 'days'} late`
      : `due by ${sayDate(dueOn)}`;
  return `${urn}: ${sayMaterial(material)}, ${when}. Why: ${why}.`;
}

async function itemsOf(tx: Transaction, messageId: string): Promise<Item[]> {
  const rows = await tx
    .selectDistinct({
      id: materialRequests.id,
      urn: cases.urn,
      material: materialRequests.material,
      why: materialRequests.why,
      dueOn: materialRequests.dueOn,
      officer: materialRequests.officer,
    })
    .from(chasers)
    .innerJoin(materialRequests, eq(materialRequests.id, chasers.requestId))
    .innerJoin(cases, eq(cases.id, materialRequests.caseId))
    .where(
      and(
        eq(chasers.messageId, messageId),
        eq(materialRequests.state, 'outstanding'),
        eq(materialRequests.version, chasers.requestVersion),
      ),
    )
    .orderBy(materialRequests.dueOn, cases.urn, materialRequests.id);
  return rows;
}
