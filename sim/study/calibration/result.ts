/** What a calibration found, and how far it can be trusted. */
import type { Hint } from './hint.ts';
import type { Lean } from './leans.ts';
import type { ProfileEnd } from './profile.ts';

export interface CalibratedParameter {
  readonly name: string;
  readonly range: readonly [low: number, high: number];
  readonly preset: number;
  readonly value: number;
  /** From the covariance; null where it is not defined. */
  readonly standardError: number | null;
  /** Ends of the 95 % profile-likelihood interval, or how far it was followed. */
  readonly interval: readonly [low: IntervalEnd, high: IntervalEnd];
}
export interface IntervalEnd {
  readonly value: number;
  /** crossed: a true end; bound: open at the end of the range; failed: open where the model cannot be computed. */
  readonly end: ProfileEnd['end'];
}

export interface StartRow {
  readonly from: readonly number[];
  /** null where the model cannot be computed at the start. */
  readonly to: readonly number[] | null;
  readonly sum: number | null;
  readonly iterations: number | null;
  readonly converged: boolean;
}

export interface Calibration {
  readonly parameters: readonly CalibratedParameter[];
  readonly starts: readonly StartRow[];
  readonly correlation: readonly (readonly number[])[] | null;
  /** Infinity where some combination of the parameters moves nothing. */
  readonly condition: number;
  /** Sum of squared residuals over their deviations. */
  readonly sum: number;
  /** Measured values less parameters. */
  readonly freedom: number;
  /** By which the problem's deviations must be multiplied to be standard deviations; 1 where they are known. */
  readonly scatter: number;
  /** Over the standard deviations, shape [rows][outputs]. */
  readonly residuals: readonly (readonly number[])[];
  /** Shape [rows][outputs]. */
  readonly model: readonly (readonly number[])[];
  readonly warnings: readonly Warning[];
  readonly leans: readonly Lean[];
  readonly hint: Hint | null;
}

/** What a calibration cannot be trusted in. */
export interface Warning {
  readonly kind:
    | 'not identifiable'
    | 'open interval'
    | 'correlated'
    | 'at bound'
    | 'ill-conditioned'
    | 'several fits'
    | 'nothing tested'
    | 'rests on assumptions'
    | 'misfit'
    | 'serial residuals'
    | 'not converged';
  readonly parameters: readonly string[];
  readonly sentence: string;
}
