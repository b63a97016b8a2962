/** A violation that can be planted in the database of the test: its name, the statements, and the sentence to come. */
export type Plant = { name: string; statements: string[]; finds: RegExp };

export const plant = (name: string, finds: RegExp, ...statements: string[]): Plant => ({
  name,
  finds,
  statements,
});

/** One row of a table that fits, by its id, so that a statement touches that one alone. */
export const one = (table: string, where: string) =>
  `(select id from ${table} where ${where} order by id limit 1)`;
