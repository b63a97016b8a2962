import type { z } from 'zod';
import { sayInstant } from '../../../calendar/london-time.ts';
import type { messageSchema } from '../../api/message-json.ts';
import type { staffMemberSchema } from '../../api/staff-list.ts';
import { wordHead, words, type Table } from '../figures/table.ts';
import { roleNames } from '../navigation.ts';
import { nameOfTeam } from '../senior/workload-view.ts';

export type StaffJson = z.output<typeof staffMemberSchema>;
export type MessageJson = z.output<typeof messageSchema>;

/** The people of the hub; whoever is given work has absences. */
export function peopleTable(people: readonly StaffJson[]): Table {
  return {
    id: 'people',
    title: 'People and machine clients',
    heads: ['Name', 'Signs in as', 'Role', 'Team', 'State', 'Absences'].map(wordHead),
    rows: people.map(({ id, name, role, team, active, away }) => ({
      cells: [
        { text: name, href: `/admin/people/${encodeURIComponent(id)}` },
        words(id),
        words(roleNames[role]),
        words(team === null ? 'None' : nameOfTeam(team)),
        words(active ? (away === null ? 'Here' : `${away[0]?.toUpperCase()}${away.slice(1)}`) : 'Has left'),
        active && (role === 'caseworker' || role === 'senior')
          ? {
              text: 'Change',
              about: `absences of ${name}`,
              href: `/staff/${encodeURIComponent(id)}/absences`,
            }
          : words('Not given work'),
      ],
    })),
  };
}

/** A state of a message in words, and the colour besides. */
export const messageStateTags: Record<MessageJson['state'], { text: string; classes: string }> = {
  pending: { text: 'Waiting to leave', classes: 'govuk-tag--grey' },
  sending: { text: 'Leaving', classes: 'govuk-tag--blue' },
  sent: { text: 'Sent', classes: 'govuk-tag--green' },
  failed: { text: 'Refused or came back', classes: 'govuk-tag--red' },
  unknown: { text: 'Not known whether it arrived', classes: 'govuk-tag--orange' },
  cancelled: { text: 'Not needed any more', classes: 'govuk-tag--grey' },
};

export const purposeNames: Record<MessageJson['purpose'], string> = {
  chaser: 'Chaser',
  escalation: 'Escalation',
  digest: 'Digest',
  'staff-alert': 'Alert to staff',
  'victim-update': 'Update to a victim or witness',
  'answer-receipt': 'Receipt of an answer',
};

export const resolutionNames: Record<NonNullable<MessageJson['resolution']>, string> = {
  arrived: 'It arrived',
  'told-another-way': 'They were told another way',
  'not-needed': 'It is not needed any more',
};

/** Messages, each with where it is looked at. */
export function messagesTable(items: readonly MessageJson[], title: string): Table {
  return {
    id: 'messages',
    title,
    heads: ['Written', 'What', 'To', 'State', 'What became of it', 'Look'].map(wordHead),
    rows: items.map((message) => ({
      cells: [
        words(sayInstant(message.createdAt)),
        words(purposeNames[message.purpose]),
        words(message.to),
        {
          text: '',
          tag: messageStateTags[message.state],
          ...(message.lastError ? { more: message.lastError } : {}),
        },
        words(message.resolution === null ? 'Not settled' : resolutionNames[message.resolution]),
        {
          text: 'Look at it',
          about: `: ${purposeNames[message.purpose]} to ${message.to}, ${sayInstant(message.createdAt)}`,
          href: `/admin/messages/${message.id}`,
        },
      ],
    })),
  };
}
