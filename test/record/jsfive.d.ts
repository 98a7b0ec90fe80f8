/** jsfive brings no types: what the tests use of it. */
declare module 'jsfive' {
  export class File {
    constructor(bytes: ArrayBuffer, name: string);
    readonly keys: string[];
    get(path: string): {
      readonly value: Float32Array;
      readonly attrs: Record<string, unknown>;
      readonly keys: string[];
      readonly shape: number[];
    };
  }
}
