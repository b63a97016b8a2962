import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { alerts, cases, chasers, materialRequests } from '../../db/schema/index.ts';
import type { ChaserLevel } from '../../db/schema/materials.ts';
import type { Effect, FiredAlert } from '../alerts/fire.ts';
import { daysBetween, sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { MessageWriter } from '../messages/message-types.ts';
import { putMessage } from '../messages/outbox.ts';
import type { TeamsWebhooks } from '../messages/teams.ts';
import { sayInMessage } from './say-items.ts';

/** A card holds so many lines; the rest is counted. */
const mostLines = 15;

/**
 * The effect of a step of the ladder, and after it one notice to the Teams channel of each team that has one, of all
 * that went over an officer's head at that moment. Restricted cases are left out: a channel has more readers than they.
 */
export function withTeamNotices(effect: Effect, webhooks: TeamsWebhooks, publicUrl: string): Effect {
  if (Object.keys(webhooks).length === 0) return effect;
  return async (tx, fired, now) => {
    const followUps = await effect(tx, fired, now);
    await putNotices(tx, fired, webhooks, publicUrl);
    return followUps;
  };
}

async function putNotices(
  tx: Transaction,
  fired: readonly FiredAlert[],
  webhooks: TeamsWebhooks,
  publicUrl: string,
): Promise<void> {
  if (fired.length === 0) return;
  const escalated = await tx
    .selectDistinct({ team: cases.team, caseId: cases.id, fireAt: alerts.fireAt })
    .from(chasers)
    .innerJoin(alerts, eq(alerts.id, chasers.alertId))
    .innerJoin(cases, eq(cases.id, alerts.caseId))
    .where(
      and(
        inArray(
          chasers.alertId,
          fired.map(({ id }) => id),
        ),
        ne(chasers.level, 'officer'),
        eq(cases.restricted, false),
      ),
    );
  const notices = new Map<string, { team: string; fireAt: string; caseIds: string[] }>();
  for (const { team, caseId, fireAt } of escalated) {
    if (webhooks[team] === undefined) continue;
    const key = `team-notice:${team}:${fireAt}`;
    const notice = notices.get(key) ?? { team, fireAt, caseIds: [] };
    notice.caseIds.push(caseId);
    notices.set(key, notice);
  }
  for (const [key, { team, fireAt, caseIds }] of [...notices].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { id, new: isNew } = await putMessage(tx, {
      key,
      channel: 'teams',
      purpose: 'escalation',
      toId: team,
      toAddress: `teams:${team}`,
      caseIds,
      facts: { notice: 'team', at: fireAt, url: publicUrl },
      dueAt: fired[0]?.firedAt ?? fireAt,
    });
    if (isNew) continue;
    // Another batch of the same moment put it: it has not left, for it waits until all of the moment has fired.
    await tx.execute(sql`
      update messages set case_ids = (
        select jsonb_agg(distinct one) from jsonb_array_elements(case_ids || ${JSON.stringify(caseIds)}::jsonb) one)
      where id = ${id} and state = 'pending'`);
  }
}

/** Whether a message is a notice to a team, for `teamNoticeWriter` to write. */
export function isTeamNotice({ facts }: { facts: Record<string, unknown> }): boolean {
  return facts['notice'] === 'team';
}

const toWhom: Record<ChaserLevel, string> = {
  officer: 'asked again',
  sergeant: 'the sergeant has been told',
  inspector: 'the inspector has been told',
  caseworker: 'a caseworker decides',
};

/** Writes a notice when it is sent: URN, item, how late and who was told; no officer, no defendant, no victim. */
export const teamNoticeWriter: MessageWriter = async (tx, message) => {
  const rows = await tx
    .selectDistinct({
      id: materialRequests.id,
      urn: cases.urn,
      material: materialRequests.material,
      dueOn: materialRequests.dueOn,
      level: chasers.level,
      at: alerts.fireAt,
    })
    .from(chasers)
    .innerJoin(alerts, eq(alerts.id, chasers.alertId))
    .innerJoin(materialRequests, eq(materialRequests.id, chasers.requestId))
    .innerJoin(cases, eq(cases.id, materialRequests.caseId))
    .where(
      and(
        sql`${alerts.fireAt} = ${String(message.facts['at'])}::timestamptz`,
        ne(chasers.level, 'officer'),
        eq(cases.team, message.toId as 'crime' | 'traffic'),
        eq(cases.restricted, false),
        eq(materialRequests.state, 'outstanding'),
      ),
    )
    .orderBy(materialRequests.dueOn, cases.urn, materialRequests.id);
  if (rows.length === 0) return 'nothing-to-say';
  const items = rows.length === 1 ? '1 item is' : `${rows.length} items are`;
  const count = (level: ChaserLevel) => rows.filter((row) => row.level === level).length;
  const lines = rows.slice(0, mostLines).map(({ urn, material, dueOn, level, at }) => {
    const late = daysBetween(dueOn, civilDateOf(at));
    return `${urn}: ${sayInMessage(material)}, due ${sayDate(dueOn)}, ${late} ${late === 1 ? 'day' : 'days'} late; ${toWhom[level]}`;
  });
  return {
    subject: `Team ${message.toId}: ${items} overdue and escalated`,
    body: [
      `Sergeants: ${count('sergeant')}. Inspectors: ${count('inspector')}. To be decided: ${count('caseworker')}.`,
      ...lines,
      ...(rows.length > mostLines ? [`And ${rows.length - mostLines} more.`] : []),
    ].join('\n\n'),
  };
};
