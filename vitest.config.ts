import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest starts first, so that no long file is left to run alone at the end. */
const heaviestFirst = [
  /^test\/journeys\//,
  /^test\/(workers|alerts)\//,
  /^test\/platform\/embedded-postgres/,
  /^test\/(pages|http|cases|court-results|workload)\//,
];

class HeaviestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => this.rank(one) - this.rank(other));
  }

  private rank(file: TestSpecification): number {
    const path = relative(this.ctx.config.root, file.moduleId);
    const rank = heaviestFirst.findIndex((pattern) => pattern.test(path));
    return rank === -1 ? heaviestFirst.length : rank;
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Each worker loads the hub once: loading it for each of the files took a fifth of the time.
    isolate: false,
    sequence: { sequencer: HeaviestFirst },
    allowOnly: false,
    passWithNoTests: false,
    // Far longer than any test takes: only what hangs is to meet them, not what shares a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    slowTestThreshold: 5_000,
  },
});
