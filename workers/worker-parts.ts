import { personMessageWriter, whenMayLeave } from '../src/cases/message-person.ts';
import { chaserEffect } from '../src/chasers/send-chaser.ts';
import { leaveInHours } from '../src/chasers/leave-in-hours.ts';
import { isPassedOn, onLetterTrouble, passedOnWriter } from '../src/chasers/pass-on-letter.ts';
import { linkCompleter } from '../src/chasers/store-links.ts';
import { isTeamNotice, teamNoticeWriter, withTeamNotices } from '../src/chasers/team-notice.ts';
import { chaserWriter } from '../src/chasers/write-letter.ts';
import type { MessageWriter } from '../src/messages/message-types.ts';
import type { Config } from '../src/platform/config.ts';
import { deadlineEffect } from '../src/tasks/deadline-alert-effect.ts';
import { onQuarantine } from '../src/tasks/trouble-tasks.ts';
import type { WorkerParts } from './start-workers.ts';

/** What the features hand to the workers: what firing an alert of each class does, and who writes messages. */
export function workerParts(config: Config): WorkerParts {
  if (config.linkSecret === undefined)
    throw new Error('officers’ links cannot be signed without LINK_SECRET');
  const ofDeadlines = deadlineEffect(config.publicUrl);
  const ofChasers = chaserWriter(config.publicUrl);
  const ofEscalations: MessageWriter = (tx, message) => {
    if (isTeamNotice(message)) return teamNoticeWriter(tx, message);
    return isPassedOn(message) ? passedOnWriter(tx, message) : ofChasers(tx, message);
  };
  const ofChaserSteps = withTeamNotices(chaserEffect, config.teamsWebhooks, config.publicUrl);
  return {
    effects: { deadlines: ofDeadlines, 'victim-updates': ofDeadlines, chasers: ofChaserSteps },
    onQuarantine,
    writers: { chaser: ofChasers, escalation: ofEscalations, 'victim-update': personMessageWriter },
    onMessageTrouble: onLetterTrouble,
    completeWords: linkCompleter(config.linkSecret),
    mayLeave: (tx, message, now) =>
      message.purpose === 'victim-update' ? whenMayLeave(tx, message, now) : leaveInHours(tx, message, now),
  };
}
