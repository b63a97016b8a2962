import { execSync } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { seedPeople } from '../db/seed/people.ts';
import { plantCases, plantStaff } from './support/caseload.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { ENGLAND_AND_WALES } from '../src/calendar/bank-holidays-data.ts';
import { proclaimHolidays } from '../src/cases/proclaim-holidays.ts';
import { recompute } from '../src/cases/recompute.ts';
void execSync;
const many = Number(process.argv[2] ?? 2000);
const dataDir = mkdtempSync('/tmp/plant-');
const server = await startEmbeddedPostgres({ dataDir, database: 'hub', progress: () => undefined });
const c = connect(server.address, { max: 10 });
const files = readdirSync(dataDir, { recursive: true }) as string[];
const pidFile = files.find((f) => f.endsWith('postmaster.pid'))!;
const postmaster = readFileSync(`${dataDir}/${pidFile}`, 'utf8').split('\n')[0];
const pgCpu = () => {
  let total = 0;
  for (const d of readdirSync('/proc').filter((x) => /^\d+$/.test(x))) {
    try {
      const s = readFileSync(`/proc/${d}/stat`, 'utf8').split(') ')[1]!.split(' ');
      if (s[1] === postmaster || d === postmaster) total += (Number(s[11]) + Number(s[12])) * 10;
    } catch {}
  }
  return total;
};
await migrate(c);
await seedPeople(c.db);
const cws = await plantStaff(c.db, Math.max(1, many / 100));
const timed = async (what: string, work: () => Promise<unknown>) => {
  const [t, cpu, pg] = [performance.now(), process.cpuUsage(), pgCpu()];
  await work();
  const u = process.cpuUsage(cpu);
  console.log(what, ((performance.now() - t) / 1000).toFixed(2), 's wall; node cpu', Math.round(u.user / 1000 + u.system / 1000), 'ms; pg cpu', pgCpu() - pg, 'ms');
};
await timed('plant', () => plantCases(c.db, many, cws, ENGLAND_AND_WALES));
await c.sql`analyze`;
console.log(JSON.stringify([...(await c.sql`select count(*) filter (where state='pending') pending, count(*) from deadlines`)]));
const days = ['2026-12-09', '2026-12-16', '2027-01-13', '2026-12-02'];
const list: { date: string; name: string }[] = [];
for (const d of days.slice(0, Number(process.argv[3] ?? 2))) {
  list.push({ date: d, name: 'Jubilee' });
  await timed('put', () => c.db.transaction((tx) => proclaimHolidays(tx, { proclaimed: [...list], lastYear: 2028 }, { id: 'admin-1', requestId: null })));
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 300 });
  await session.post('Profiler.start');
  const lanes = Number(process.argv[4] ?? 2);
  await timed('recompute ' + d, () => Promise.all(Array.from({ length: lanes }, () => recompute(c.db, { batch: Number(process.argv[5] ?? 100), onFailure: (_, e) => console.log(e) }))));
  const { profile } = await session.post('Profiler.stop');
  rmSync('/tmp/prof', { recursive: true, force: true });
  mkdirSync('/tmp/prof');
  writeFileSync('/tmp/prof/a.cpuprofile', JSON.stringify(profile));
  console.log(JSON.stringify([...(await c.sql`select r.cases_total, (select count(*) from recomputation_moves m where m.recomputation_id = r.id) moves, (select count(*) from history where at >= r.requested_at) hist, (select count(*) from tasks where kind='dates-moved' and created_at >= r.requested_at) told, (select count(*) from alerts where created_at >= r.requested_at) alerts from recomputations r order by requested_at desc limit 1`)]));
}
await c.sql`create table base (like deadlines including all)`;
await c.sql`insert into base select * from deadlines where state = 'pending'`;
await timed('baseline', () => c.sql`update base set legal_due = legal_due + 1, action_due = action_due + 1, expires_at = expires_at + interval '1 day', version = version + 1, calendar_version = 'x', changed_at = now()`);
await c.close();
await server.stop();
