import { expect, test } from 'vitest';
import { instantAt } from '../../src/calendar/london-time.ts';
import { againstNote, type TryMade } from '../../src/victims/against-note.ts';

const safe = { note: 'He reads her phone', notBefore: '09:30', notAfter: '15:00' };
const tried = (over: Partial<TryMade> = {}): TryMade => ({
  ...{ channel: 'phone', result: 'no-answer', at: instantAt('2026-06-02', '10:00') },
  ...over,
});

test('a try within what keeps a person safe goes against nothing, nor does any where there is no such note', () => {
  expect(againstNote(safe, tried())).toEqual([]);
  expect(againstNote(null, tried({ result: 'message-left', at: instantAt('2026-06-02', '23:00') }))).toEqual(
    [],
  );
});

test('a call outside the hours is told of, but not one that the person made, nor a letter', () => {
  const early = { at: instantAt('2026-06-02', '09:29') };
  expect(againstNote(safe, tried(early))).toEqual(['The note says: only between 09:30 and 15:00.']);
  expect(againstNote(safe, tried({ at: instantAt('2026-06-02', '15:01') }))).toHaveLength(1);
  expect(againstNote(safe, tried({ ...early, theyRang: true }))).toEqual([]);
  expect(againstNote(safe, tried({ ...early, channel: 'letter' }))).toEqual([]);
});

test('a message that was left where none is to be, and anything written where that is not safe, are told of', () => {
  const note = { note: 'x', noVoicemail: true, doNotMessage: true } as const;
  const [voicemail] = againstNote(note, tried({ result: 'message-left' }));
  expect(voicemail).toContain('leave no voicemail');
  for (const channel of ['sms', 'email', 'letter'])
    expect(againstNote(note, tried({ channel }))[0]).toContain('send nothing written');
  expect(againstNote(note, tried())).toEqual([]);
});
