/**
 * A device profile: all that this program must know to talk to a product, without code. Read from a YAML file by
 * `parseProfile`; every time in ms unless its name says otherwise.
 */
import { z } from 'zod';
import { FramedPoint, LinePoint, ModbusPoint, ORDERS } from './profile-points.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');
const PointName = z.string().regex(/^[a-z][A-Za-z0-9_]*$/, 'a point name such as flow_kg_per_h');

const Source = z.strictObject({
  document: z.string().min(1).describe('title, number and revision of the manual'),
  certain: z.string().min(1).describe('what was read there or tried on a device'),
  assumed: z.string().optional().describe('what was not: check it before you rely on it'),
});

const Serial = z.strictObject({
  baudRates: z.array(z.int().min(300).max(4_000_000)).min(1),
  baudRate: z.int().describe('as shipped'),
  dataBits: z.literal([7, 8]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.literal([1, 2]).default(1),
  dtr: z.boolean().optional().describe('level of DTR on opening; absent: as the system sets it'),
  rts: z.boolean().optional(),
});
export type SerialSettings = Readonly<z.infer<typeof Serial>>;

const Timing = z.strictObject({
  timeoutMs: z.number().positive().max(10_000),
  interFrameMs: z.number().min(0).max(100).describe('silence that the device wants before each request'),
  turnaroundMs: z.number().min(0).max(1000).default(0).describe('silence it needs after its reply'),
  lateReplyGuardMs: z
    .number()
    .positive()
    .max(10_000)
    .describe('no reply comes later than this after its time-out'),
  replyMs: z.number().min(0).max(5000).describe('usual time between request and reply, for the time budget'),
});

const Step = z.strictObject({ set: PointName, to: z.number() });
const WatchdogValue = z
  .union([z.number(), z.literal('timeout')])
  .describe('timeout: the time asked for, in the point’s unit');

const Watchdog = z.strictObject({
  least_ms: z.number().positive(),
  most_ms: z.number().positive(),
  arm: z.array(z.strictObject({ set: PointName, to: WatchdogValue })).min(1),
  kick: z
    .union([
      z.literal('any_request'),
      z.strictObject({ read: PointName }),
      z.strictObject({ out: z.string() }),
    ])
    .describe('what the device takes for a sign of life'),
  verify: z.array(z.strictObject({ read: PointName, is: WatchdogValue })).min(1),
});
export type WatchdogSettings = z.infer<typeof Watchdog>;

const Fault = z.strictObject({
  point: PointName,
  codes: z.record(z.string(), z.string()).optional().describe('raw value: what it means; 0 is no fault'),
  bits: z.record(z.string(), z.string()).optional().describe('bit number: what it means when set'),
});

const common = {
  profile: Name,
  title: z.string().min(1).max(100),
  kind: z.enum([
    'servo drive',
    'pump drive',
    'thermometer',
    'flow controller',
    'power meter',
    'relays',
    'load cell',
    'board',
  ]),
  source: z.array(Source).min(1),
  timing: Timing,
  watchdog: Watchdog.optional(),
  faults: z.array(Fault).default([]),
  onConnect: z.array(Step).default([]),
  onSafe: z.array(Step).default([]).describe('carried out in order, each whatever became of the one before'),
};

const Modbus = z.strictObject({
  framings: z.array(z.enum(['rtu', 'ascii', 'tcp'])).min(1),
  addressing: z.enum(['protocol0', 'plc1']).describe('addresses of this file: as on the wire, or one more'),
  order: z.enum(ORDERS).default('ABCD').describe('byte and word order of values of more than one register'),
  maxRead: z.int().min(1).max(125).default(125),
  maxWrite: z.int().min(1).max(123).default(123),
  maxGap: z.int().min(0).max(64).default(0).describe('registers between two points that may be read along'),
  duplicateGuardMs: z.number().min(0).max(1000).optional(),
  syncProbe: z.union([
    z.literal('echo'),
    z.strictObject({
      table: z.enum(['input', 'holding']),
      address: z.int().min(0),
      most: z.int().min(1).max(125),
    }),
  ]),
});

export const ModbusProfile = z.strictObject({
  ...common,
  family: z.literal('modbus'),
  serial: Serial.optional(),
  modbus: Modbus,
  identity: z
    .strictObject({
      deviceIdentification: z.boolean().default(false).describe('the device answers function 43/14'),
      points: z.record(PointName, z.union([z.number(), z.literal('any')])).describe('what they must read'),
    })
    .describe('how the device is recognised; only reads'),
  points: z.record(PointName, ModbusPoint),
});
export type ModbusProfile = z.infer<typeof ModbusProfile>;

const Exchange = z.strictObject({
  out: z.string().optional().describe('absent: the device sends by itself'),
  in: z.string().optional().describe('absent: no reply comes; then confirm'),
  confirm: z
    .strictObject({ out: z.string(), in: z.string() })
    .optional()
    .describe('asked after a write without reply'),
});
export type ExchangeSettings = z.infer<typeof Exchange>;

const Line = z.strictObject({
  terminatorOut: z.string().min(1).max(2),
  terminatorIn: z.string().min(1).max(2),
  checksum: z.enum(['none', 'sum2']).default('none'),
  echo: z.boolean().default(false),
  streams: z.boolean().default(false),
  address: z.enum(['hex2', 'decimal', 'letter', 'none']).describe('how {address} is written'),
  syncProbe: z.strictObject({ out: z.string(), in: z.string() }).optional(),
  refusals: z.array(z.strictObject({ in: z.string(), meaning: z.string() })).default([]),
  exchanges: z.array(Exchange).min(1),
});

export const LineProfile = z.strictObject({
  ...common,
  family: z.literal('line'),
  serial: Serial,
  line: Line,
  identity: z.strictObject({ out: z.string(), in: z.string() }),
  points: z.record(PointName, LinePoint),
});
export type LineProfile = z.infer<typeof LineProfile>;

export const FramedProfile = z.strictObject({
  ...common,
  family: z.literal('framed'),
  serial: Serial,
  identity: z.strictObject({
    firmware: z.string().optional().describe('beginning of what the dictionary calls itself'),
  }),
  points: z.record(PointName, FramedPoint),
});
export type FramedProfile = z.infer<typeof FramedProfile>;

export const ProfileSchema = z.discriminatedUnion('family', [ModbusProfile, LineProfile, FramedProfile]);

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type DeviceProfile = DeepReadonly<z.infer<typeof ProfileSchema>>;
export type ProfileOf<F extends DeviceProfile['family']> = Extract<DeviceProfile, { readonly family: F }>;

/** JSON Schema of profile files, for completion in an editor. */
export const profileJsonSchema = (): unknown =>
  z.toJSONSchema(ProfileSchema, { io: 'input', unrepresentable: 'any' });
