/**
 * What stands before every write: bounds, the fastest allowed change, and the patience that memory which wears out
 * demands. A refused write sends nothing.
 */
import { isWritable, type PointBasics } from './profile-points.ts';

interface Known {
  readonly value: number;
  readonly atMs: number;
}

export class WriteGuard {
  private readonly device: string;
  private readonly points: Readonly<Record<string, PointBasics>>;
  /** Last value that the device acknowledged or gave. */
  private readonly known = new Map<string, Known>();
  private readonly writtenAtMs = new Map<string, number>();

  constructor(device: string, points: Readonly<Record<string, PointBasics>>) {
    this.device = device;
    this.points = points;
  }

  /** Why one of these values must not be sent, or null. */
  problem(values: Readonly<Record<string, number>>, nowMs: number): string | null {
    for (const [name, value] of Object.entries(values)) {
      const problem = this.problemOf(name, value, nowMs);
      if (problem !== null) return `${this.device}.${name}: ${problem}`;
    }
    return null;
  }

  /** The device acknowledged these. */
  written(values: Readonly<Record<string, number>>, nowMs: number): void {
    for (const [name, value] of Object.entries(values)) {
      this.known.set(name, { value, atMs: nowMs });
      this.writtenAtMs.set(name, nowMs);
    }
  }

  /** The device held this before anything was written: the first change starts from it. */
  learn(name: string, value: number, atMs: number): void {
    if (!this.known.has(name)) this.known.set(name, { value, atMs });
  }

  private problemOf(name: string, value: number, nowMs: number): string | null {
    const point = this.points[name];
    if (point === undefined)
      return `there is no such point; there are ${Object.keys(this.points).join(', ')}.`;
    if (!isWritable(point)) return 'this point is only read.';
    return (
      boundsProblem(point, value) ??
      this.rateProblem(name, point, value, nowMs) ??
      this.wearProblem(name, point, nowMs)
    );
  }

  private rateProblem(name: string, point: PointBasics, value: number, nowMs: number): string | null {
    const last = this.known.get(name);
    if (point.rate_per_s === undefined || last === undefined) return null;
    const allowed = (point.rate_per_s * (nowMs - last.atMs)) / 1000;
    if (Math.abs(value - last.value) <= allowed) return null;
    const unit = unitOf(point);
    return `${value}${unit} given ${Math.round(nowMs - last.atMs)} ms after ${last.value}${unit}, allowed is a change of ${point.rate_per_s}${unit} a second; go there in steps.`;
  }

  private wearProblem(name: string, { nonVolatile }: PointBasics, nowMs: number): string | null {
    const writtenAtMs = this.writtenAtMs.get(name);
    if (nonVolatile === undefined || writtenAtMs === undefined) return null;
    const waitMs = writtenAtMs + nonVolatile.minWriteIntervalS * 1000 - nowMs;
    return waitMs <= 0
      ? null
      : `it is kept in memory that wears out and was written less than ${nonVolatile.minWriteIntervalS} s ago; write it again in ${Math.ceil(waitMs / 1000)} s.`;
  }
}

function boundsProblem(point: PointBasics, value: number): string | null {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = point;
  if (Number.isFinite(value) && value >= min && value <= max) return null;
  return `${value}${unitOf(point)} given, allowed is ${allowed(min, max, unitOf(point))}.`;
}

function allowed(min: number, max: number, unit: string): string {
  if (min > Number.NEGATIVE_INFINITY && max < Number.POSITIVE_INFINITY) return `${min} to ${max}${unit}`;
  if (min > Number.NEGATIVE_INFINITY) return `${min}${unit} or more`;
  return max < Number.POSITIVE_INFINITY ? `${max}${unit} or less` : 'a finite number';
}

const unitOf = ({ unit }: PointBasics): string => (unit === undefined ? '' : ` ${unit}`);
