/** What the tests use of jsfive, which has no types. */
declare module 'jsfive' {
  export interface Entry {
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly shape: readonly number[];
    readonly value: Iterable<number>;
  }
  export class File {
    constructor(bytes: ArrayBuffer, name: string);
    readonly attrs: Readonly<Record<string, unknown>>;
    get(path: string): Entry;
  }
}
