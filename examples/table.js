// A real table for `row_of_max`: the movies of npm's `vega-datasets`, as integers.

/** What the columns hold: `row_of_max` looks for the largest value of column 1 and tells that row's column 0. */
export const COLUMNS = ["year of release", "gross in the USA, $", "production budget, $"];

/** Where the data lies, for `fetch` and for Node's `readFile` alike. */
export const MOVIES = new URL("./node_modules/vega-datasets/data/movies.json", import.meta.url);

/**
 * The rows that have all three columns, in the order of the file, and the titles that belong to them.
 *
 * @param {Record<string, any>[]} movies
 */
export function movieTable(movies) {
  const rows = movies.map((movie) => ({
    title: String(movie["Title"]),
    cells: [year(movie["Release Date"]), movie["US Gross"], movie["Production Budget"]],
  }));
  const whole = rows.filter(({ cells }) => cells.every(isInt32));
  return {
    data: Int32Array.from(whole.flatMap(({ cells }) => cells)),
    shape: [whole.length, COLUMNS.length],
    titles: whole.map(({ title }) => title),
  };
}

/** Dates read like `Jun 12 1998`. @param {unknown} date */
function year(date) {
  return typeof date === "string" && /^\w{3} \d\d \d{4}$/.test(date) ? Number(date.slice(-4)) : null;
}

/** @param {unknown} value */
const isInt32 = (value) => typeof value === "number" && value === (value | 0);
