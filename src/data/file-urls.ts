/** Where the bundler put the built-in files. Only a bundle can import this; Node reads them with `node-source.ts`. */

// Never inlined: a file inside the script would be fetched by everyone, asked for or not.
const found = import.meta.glob<string>('./files/*.gz', { query: '?url&no-inline', import: 'default', eager: true });

/** The URL of each built-in file by its name, e.g. `adverts.csv.gz`. */
export const fileUrls: ReadonlyMap<string, string> = new Map(
  Object.entries(found).map(([path, url]) => [path.slice('./files/'.length), url]),
);
