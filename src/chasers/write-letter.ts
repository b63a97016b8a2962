import { sql } from 'drizzle-orm';
import { readNow } from '../../db/read-now.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import type { MessageWriter } from '../messages/message-types.ts';
import { readAskedItems, type AskedItem } from './asked-items.ts';
import { sayEscalation } from './say-escalation.ts';
import { byUrgency, sayCount, sayItem } from './say-items.ts';
import { issueLink } from './store-links.ts';

/**
 * Writes a chaser, or an escalation, at the moment it is sent: everything that is owed then, most urgent first. Nothing
 * to say where all that it was for has come. URN, item and link; no defendant, no victim, no words that people typed.
 */
export function chaserWriter(publicUrl: string): MessageWriter {
  return async (tx, message) => {
    const [now, calendar] = await Promise.all([readNow(tx), loadCalendar(tx)]);
    const today = civilDateOf(now);
    const items = (await readAskedItems(tx, message, today)).sort(byUrgency);
    if (items.length === 0) return 'nothing-to-say';
    const caseIds = JSON.stringify([...new Set([...message.caseIds, ...items.map(({ caseId }) => caseId)])]);
    await tx.execute(sql`update messages set case_ids = ${caseIds}::jsonb where id = ${message.id}`);
    if (message.purpose === 'escalation') return sayEscalation(items, today, calendar);
    const requests = items.map(({ id, version, officer }) => ({ id, version, officer }));
    const link = { officer: message.toId, messageId: message.id, requests };
    const address = await issueLink(tx, link, publicUrl, now);
    return {
      subject: `The Prosecution Hub needs ${sayCount(items.length)} from you`,
      body: [
        'These are needed from you:',
        ...items.map((item) => `${sayWhose(item, message.toId)}${sayItem(item, today, calendar)}`),
        `Say in a minute what you have sent, what will be late and what is not yours: ${address}`,
      ].join('\n\n'),
    };
  };
}

/** A deputy is told for whom. */
function sayWhose({ officer }: AskedItem, reader: string): string {
  return officer === reader ? '' : `For ${officer}, whose deputy you are: `;
}
