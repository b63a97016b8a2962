import { connect } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { loadReference } from '../src/reference/load-reference.ts';
const pg = await startEmbeddedPostgres({ dataDir: process.argv[2]!, database: 'hub', progress: () => {} });
const con = connect(pg.address, { max: 10 });
await migrate(con);
for (const list of ['offences','courts','forces','result-codes','triggers','exceptions','codes']) { await con.sql`delete from reference_loads where list=${list}`; const t=performance.now(); const c=process.cpuUsage(); await loadReference(con.sql); const u=process.cpuUsage(c); console.log(list, Math.round(performance.now()-t), Math.round((u.user+u.system)/1000)); }
await con.close(); await pg.stop();
