/**
 * The protobuf schema of a telemetry group, made from its channel table. MCAP wants a serialised FileDescriptorSet
 * (mcap.dev/spec/registry, "protobuf"). Protobuf because every reader of MCAP knows it, a row takes 5 to 6 bytes a
 * channel where JSON takes 20, and names travel with the file. Field numbers follow the channel table, so a record is
 * only to be read by the schema that it carries.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import { type Channel, type GroupName, isWholeCycle } from '../channels.ts';

/** Fields that every message has before those of the channels. */
export const FIELD = { deviceTime: 1, cycle: 2, offset: 3, firstChannel: 4 } as const;
export const DEVICE_TIME = 'device_time_s';
export const CYCLE = 'cycle';
/** Of a batch: seconds after `device_time_s`, one a row. */
export const OFFSET = 'offset_s';

export const schemaName = (group: GroupName): string => `elastocool.${titleCase(group)}`;

const titleCase = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const { OPTIONAL, REPEATED } = FieldDescriptorProto_Label;
const { DOUBLE, FIXED32, FLOAT } = FieldDescriptorProto_Type;

export function rowSchema(group: GroupName, channels: readonly Channel[]): Uint8Array {
  const values = isWholeCycle(group) ? REPEATED : OPTIONAL;
  const field = (
    name: string,
    number: number,
    type: FieldDescriptorProto_Type,
    label: FieldDescriptorProto_Label,
  ) => ({
    name,
    jsonName: name,
    number,
    type,
    label,
  });
  return toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, {
      file: [
        {
          name: `elastocool/${group}.proto`,
          package: 'elastocool',
          syntax: 'proto3',
          messageType: [
            {
              name: titleCase(group),
              field: [
                field(DEVICE_TIME, FIELD.deviceTime, DOUBLE, OPTIONAL),
                field(CYCLE, FIELD.cycle, FIXED32, OPTIONAL),
                ...(isWholeCycle(group) ? [field(OFFSET, FIELD.offset, FLOAT, REPEATED)] : []),
                ...channels.map(({ name }, i) => field(name, FIELD.firstChannel + i, FLOAT, values)),
              ],
            },
          ],
        },
      ],
    }),
  );
}

/** Channel metadata: units and titles, which protobuf has no place for. */
export function channelMetadata(channels: readonly Channel[]): Map<string, string> {
  const metadata = new Map([
    [`unit.${DEVICE_TIME}`, 's'],
    ['columns', channels.map(({ name }) => name).join(' ')],
  ]);
  for (const { name, unit, title } of channels) {
    metadata.set(`unit.${name}`, unit);
    metadata.set(`title.${name}`, title);
  }
  return metadata;
}

/** The channel table that `channelMetadata` wrote. */
export function channelsOf(metadata: ReadonlyMap<string, string>): Channel[] {
  const names = (metadata.get('columns') ?? '').split(' ').filter((name) => name !== '');
  return names.map((name) => ({
    name,
    unit: metadata.get(`unit.${name}`) ?? '',
    title: metadata.get(`title.${name}`) ?? name,
  }));
}
