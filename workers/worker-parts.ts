import { chaserEffect } from '../src/chasers/send-chaser.ts';
import { chaserWriter } from '../src/chasers/write-letter.ts';
import type { Config } from '../src/platform/config.ts';
import { deadlineEffect } from '../src/tasks/deadline-alert-effect.ts';
import { onMessageTrouble, onQuarantine } from '../src/tasks/trouble-tasks.ts';
import type { WorkerParts } from './start-workers.ts';

/** What the features hand to the workers: what firing an alert of each class does, and who writes messages. */
export function workerParts(config: Config): WorkerParts {
  if (config.linkSecret === undefined)
    throw new Error('officers’ links cannot be signed without LINK_SECRET');
  const ofDeadlines = deadlineEffect(config.publicUrl);
  const ofChasers = chaserWriter(config.publicUrl, config.linkSecret);
  return {
    effects: { deadlines: ofDeadlines, 'victim-updates': ofDeadlines, chasers: chaserEffect },
    onQuarantine,
    writers: { chaser: ofChasers, escalation: ofChasers },
    onMessageTrouble,
  };
}
