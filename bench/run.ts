/** The benchmarks by name; each prints ratios against a baseline measured in the same run and writes bench/results. */
const benches: Record<string, () => Promise<unknown>> = {
  main: () => import('./main-job.ts'),
  b1: () => import('./b1-claim.ts'),
  fire: () => import('./fire.ts'),
  b5: () => import('./b5-holiday.ts'),
  b6: () => import('./b6-rebalance.ts'),
  b7: () => import('./b7-page.ts'),
  pages: () => import('./pages.ts'),
  chase: () => import('./chase.ts'),
  court: () => import('./court.ts'),
  calculate: () => import('./calculate.ts'),
  clock: () => import('./demo-clock.ts'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exit(1);
}
for (const [name, run] of Object.entries(benches))
  if (asked.length === 0 || asked.includes(name)) await run();
