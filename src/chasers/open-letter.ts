import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import type { ChaserLevel } from '../../db/schema/materials.ts';
import { messages, type officers } from '../../db/schema/index.ts';
import type { FiredAlert } from '../alerts/fire.ts';
import { putMessage } from '../messages/outbox.ts';

/**
 * The message to an officer that is still to be sent and that a chaser can join: the one for this moment, or a new
 * one where that has left already. It is written when it is sent, from the chasers that joined it.
 * @param caseIds the cases of all that joins it now
 * @returns the id of the message
 */
export async function openLetter(
  tx: Transaction,
  level: ChaserLevel,
  recipient: typeof officers.$inferSelect,
  caseIds: readonly string[],
  alert: FiredAlert,
): Promise<string> {
  const purpose = level === 'officer' ? 'chaser' : 'escalation';
  for (let n = 1; ; n++) {
    const { id, new: isNew } = await putMessage(tx, {
      key: `${purpose}:${recipient.collar}:${alert.fireAt}:${n}`,
      purpose,
      toId: recipient.collar,
      toAddress: recipient.email,
      caseIds: [...caseIds],
      facts: { thread: `${purpose}:${recipient.collar}` },
      dueAt: alert.firedAt,
    });
    if (isNew) return id;
    const [standing] = await tx.select().from(messages).where(eq(messages.id, id)).for('update');
    if (standing?.state !== 'pending') continue;
    const joining = caseIds.filter((caseId) => !standing.caseIds.includes(caseId));
    if (joining.length > 0)
      await tx
        .update(messages)
        .set({ caseIds: sql`${messages.caseIds} || ${JSON.stringify(joining)}::jsonb` })
        .where(eq(messages.id, id));
    return id;
  }
}
