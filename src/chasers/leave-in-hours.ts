import { queueOfPurpose } from '../../db/schema/messages.ts';
import { loadCalendar } from '../deadlines/store-calendar.ts';
import type { MayLeave } from '../messages/message-types.ts';
import { nextMoment } from './business-hours.ts';

/**
 * Keeps chasers, escalations and digests that were held up, by a mail server or a limit, from leaving at night: they
 * wait for the next morning of a business day. What somebody waits for leaves at any hour.
 */
export const leaveInHours: MayLeave = async (tx, { purpose }, now) =>
  queueOfPurpose(purpose) === 'bulk-messages' ? nextMoment(now, await loadCalendar(tx), true) : now;
