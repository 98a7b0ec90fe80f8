/**
 * How the clock of a device stands to that of the host: a straight line through exchanges of time stamps, weighted by
 * how promptly each was answered. As NTP (RFC 5905) takes four stamps and Klipper's clocksync.py regresses over the
 * quickest replies; request and reply are equally long here, so the line itself costs both ways the same.
 */

/** One exchange; host times in ms, device times in µs. */
export interface ClockSample {
  readonly sentMs: number;
  readonly receivedMs: number;
  /** When the request had arrived, and when the reply was composed. */
  readonly deviceInUs: number;
  readonly deviceOutUs: number;
}

export interface ClockEstimate {
  /** Device time minus host time at the last exchange, ms. */
  readonly offsetMs: number;
  /** How much faster the device's clock runs, parts per million; 0 until `spanMs` says something. */
  readonly driftPpm: number;
  /** The same bound on the drift: infinite before there is a slope. */
  readonly driftUncertaintyPpm: number;
  /**
   * Nothing can be further off: half of the shortest round trip, were all of it spent one way, and twice the standard
   * error of the line at its end.
   */
  readonly uncertaintyMs: number;
  /** Weighted root mean square of what the line leaves. */
  readonly residualMs: number;
  readonly shortestRoundTripMs: number;
  readonly samples: number;
  readonly spanMs: number;
}

interface Point {
  readonly hostMs: number;
  readonly deviceMs: number;
  /** Round trip without the time the device took. */
  readonly roundTripMs: number;
}

const MOST_POINTS = 64;
/** Below this share of a millisecond no time stamp of an operating system tells exchanges apart. */
const FLOOR_MS = 0.02;
/** A slope over less than this says more about scatter than about crystals, ms. */
const SHORTEST_SPAN_MS = 500;

export class ClockEstimator {
  private readonly points: Point[] = [];
  private line: Line | null = null;

  add({ sentMs, receivedMs, deviceInUs, deviceOutUs }: ClockSample): void {
    const insideMs = (deviceOutUs - deviceInUs) / 1000;
    const roundTripMs = receivedMs - sentMs - insideMs;
    // A device that was restarted or a stamp that was mixed up: no line can be laid through that.
    if (!(insideMs >= 0) || !(roundTripMs >= 0)) return;
    const point = {
      hostMs: (sentMs + receivedMs) / 2,
      deviceMs: (deviceInUs + deviceOutUs) / 2000,
      roundTripMs,
    };
    if (this.line !== null && hasLeft(this.line, point)) this.points.length = 0;
    this.points.push(point);
    if (this.points.length > MOST_POINTS) this.points.shift();
    this.line = fit(this.points);
  }

  /** Null before the first exchange. */
  estimate(): ClockEstimate | null {
    const { line, points } = this;
    const last = points.at(-1);
    if (line === null || last === undefined) return null;
    const spanMs = last.hostMs - (points[0]?.hostMs ?? last.hostMs);
    return {
      offsetMs: at(line, last.hostMs) - last.hostMs,
      driftPpm: 1e6 * (line.slope - 1),
      driftUncertaintyPpm: line.hasSlope
        ? 1e6 * (line.shortestMs / spanMs + 2 * line.slopeError)
        : Number.POSITIVE_INFINITY,
      uncertaintyMs: line.shortestMs / 2 + 2 * line.standardErrorMs,
      residualMs: line.residualMs,
      shortestRoundTripMs: line.shortestMs,
      samples: points.length,
      spanMs,
    };
  }

  /** Host time of a device time, ms; NaN before the first exchange. */
  hostMs(deviceUs: number): number {
    const { line } = this;
    return line === null ? Number.NaN : line.hostMs + (deviceUs / 1000 - line.deviceMs) / line.slope;
  }
}

/** deviceMs + slope * (host − hostMs) */
interface Line {
  readonly hostMs: number;
  readonly deviceMs: number;
  readonly slope: number;
  readonly hasSlope: boolean;
  readonly shortestMs: number;
  readonly residualMs: number;
  readonly standardErrorMs: number;
  readonly slopeError: number;
}

/** Further from the line than this exchange can be wrong: the device was set, restarted or accelerated. */
const hasLeft = (line: Line, { hostMs, deviceMs, roundTripMs }: Point): boolean =>
  line.hasSlope &&
  Math.abs(deviceMs - at(line, hostMs)) > (roundTripMs + line.shortestMs) / 2 + 4 * line.standardErrorMs + 1;

const at = (line: Line, hostMs: number): number => line.deviceMs + line.slope * (hostMs - line.hostMs);

function fit(points: readonly Point[]): Line {
  const shortestMs = Math.min(...points.map(({ roundTripMs }) => roundTripMs));
  // What a reply was late by beyond the quickest may have been lost on either way: that is its standard deviation.
  const weights = points.map(({ roundTripMs }) => 1 / (FLOOR_MS + (roundTripMs - shortestMs) / 2) ** 2);
  const sum = (of: (point: Point) => number): number =>
    points.reduce((total, point, i) => total + (weights[i] ?? 0) * of(point), 0);
  const total = sum(() => 1);
  const hostMs = sum((point) => point.hostMs) / total;
  const deviceMs = sum((point) => point.deviceMs) / total;
  const spread = sum((point) => (point.hostMs - hostMs) ** 2);
  const lastMs = points[points.length - 1].hostMs;
  const spanMs = lastMs - points[0].hostMs;
  const hasSlope = spanMs >= SHORTEST_SPAN_MS && points.length > 2;
  const slope = hasSlope ? sum((point) => (point.hostMs - hostMs) * (point.deviceMs - deviceMs)) / spread : 1;
  const square = sum((point) => (point.deviceMs - deviceMs - slope * (point.hostMs - hostMs)) ** 2);
  const residualMs = Math.sqrt(square / total);
  const lever = hasSlope ? (lastMs - hostMs) ** 2 / spread : 0;
  // Where the points scatter more than their weights say, so does the line.
  const excess = Math.max(1, square / Math.max(1, points.length - 2));
  return {
    hostMs,
    deviceMs,
    slope,
    hasSlope,
    shortestMs,
    residualMs,
    standardErrorMs: Math.sqrt(excess * (1 / total + lever)),
    slopeError: hasSlope ? Math.sqrt(excess / spread) : 0,
  };
}
