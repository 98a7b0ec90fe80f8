/** quadprog has no types of its own: Goldfarb and Idnani's dual method, arrays counted from 1 as in its Fortran. */
declare module 'quadprog' {
  interface Solution {
    /** From 1 on. */
    readonly solution: number[];
    /** Empty where it was solved. */
    readonly message: string;
  }
  /** min ½ xᵀDx − dᵀx with Aᵀx ≥ b. D is overwritten. */
  export function solveQP(D: number[][], d: number[], A: number[][], b: number[]): Solution;
}
