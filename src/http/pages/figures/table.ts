import type { LoadBar } from './load-bar.ts';

/** A cell: what it says, whether it is a number, where it leads, and what stands under it. */
export type Cell = {
  text: string;
  isNumber?: boolean;
  href?: string;
  /** Read aloud after the text of a link that would be the same in every row. */
  about?: string;
  isStrong?: boolean;
  /** Kept on one line, as dates and measures are. */
  isKept?: boolean;
  bar?: LoadBar;
  more?: string;
  tag?: { text: string; classes: string };
};

/** A table as the macro `dataTable` of `figures/figures.njk` draws it. The first cell of a row is its head. */
export type Table = {
  id: string;
  title: string;
  /** Many narrow columns. */
  isDense?: boolean;
  heads: { text: string; isNumber?: boolean }[];
  rows: { cells: Cell[]; isTotal?: boolean }[];
};

export const words = (text: string): Cell => ({ text });
export const day = (text: string): Cell => ({ text, isKept: true });
export const figure = (value: number | null): Cell => ({
  text: value === null ? 'None' : value.toLocaleString('en-GB'),
  isNumber: true,
});
export const wordHead = (text: string) => ({ text });
export const numberHead = (text: string) => ({ text, isNumber: true });
