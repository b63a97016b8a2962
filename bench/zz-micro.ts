import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { inventCase } from './support/caseload.ts';
import { foldCase } from '../src/cases/fold.ts';
import { computeDeadlines } from '../src/deadlines/compute.ts';
import { rules } from '../src/deadlines/rules/register.ts';
import { decide } from '../src/cases/decide.ts';
import { hubActor } from '../src/staff/history.ts';
const now = '2026-11-22T00:00:00.000Z';
const cases = Array.from({ length: 600 }, (_, i) => inventCase(i, ['a'], ENGLAND_AND_WALES, now));
const rec = { now, calendar: ENGLAND_AND_WALES, rules, actor: hubActor };
const empty = { deadlines: [], hearings: [], requests: [], tasks: [] };
const stood = cases.map(({ row, events }) => {
  const d = decide(row, foldCase(events), empty, rec);
  return { deadlines: d.deadlines, hearings: d.hearings.added, requests: d.requests.map((r) => r.row), tasks: [] };
});
const time = (what: string, work: (i: number) => unknown) => {
  for (let r = 0; r < 2; r++) for (let i = 0; i < 600; i++) work(i);
  const t = process.cpuUsage();
  for (let r = 0; r < 5; r++) for (let i = 0; i < 600; i++) work(i);
  const u = process.cpuUsage(t);
  console.log(what, ((u.user + u.system) / 3000).toFixed(0), 'µs a case');
};
const states = cases.map(({ events }) => foldCase(events));
time('fold', (i) => foldCase(cases[i]!.events));
time('starts', (i) => rules.map((r) => r.starts.find(states[i]!)));
time('compute', (i) => computeDeadlines(states[i]!, rules, ENGLAND_AND_WALES));
time('decide', (i) => decide(cases[i]!.row, states[i]!, stood[i]!, rec));
const per = rules.map((r) => ({ id: r.id, t: 0, n: 0 }));
rules.forEach((r, k) => { const t = performance.now(); for (let q = 0; q < 5; q++) for (const s of states) per[k]!.n += r.starts.find(s).length; per[k]!.t = (performance.now() - t) / 3; });
console.log(rules.length, 'rules', per.reduce((a, b) => a + b.n, 0) / 3000, 'starts a case');
console.log(per.sort((a, b) => b.t - a.t).slice(0, 25).map((p) => `${p.id} ${p.t.toFixed(2)}µs`).join('\n'));
const kinds: Record<string, number> = {};
for (let i = 0; i < 600; i++) for (const { change } of decide(cases[i]!.row, states[i]!, stood[i]!, rec).saved) { const k = change.kind + ' ' + (change.standing?.state) + ' ' + (change.computed?.rule ?? change.standing?.rule); kinds[k] = (kinds[k] ?? 0) + 1; }
console.log(kinds);
