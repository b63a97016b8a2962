// Runs one programme. Plain JavaScript, because the solver's thread starts without what the process reads TypeScript by.
import loadHighs from 'highs';

/** What solves a programme in this thread, for so long at most: optimal, or failed with why (`Solved` of solve.ts). */
export async function loadSolver() {
  const highs = await loadHighs();
  return (programme, limitSeconds) => run(highs, programme, limitSeconds);
}

function run(highs, programme, limitSeconds) {
  const { columns, rows, cost, lower, upper, rowLower, rowUpper, starts, indices, values } = programme;
  const model = {
    numCols: columns,
    numRows: rows,
    colCost: cost,
    colLower: lower,
    colUpper: upper,
    rowLower,
    rowUpper,
    matrix: { format: 'csc', numRows: rows, numCols: columns, starts, indices, values },
  };
  return highs.withModel(model, (solver) => {
    solver.options.set({ output_flag: false, time_limit: limitSeconds, random_seed: 0 });
    const began = performance.now();
    solver.run();
    const status = solver.getModelStatus();
    if (status !== highs.constants.modelStatus.optimal)
      return { kind: 'failed', why: `the solver ended with status ${status}` };
    const { colValue, rowDual } = solver.getSolution();
    return {
      kind: 'solved',
      solution: { values: colValue, prices: rowDual },
      ms: performance.now() - began,
    };
  });
}
