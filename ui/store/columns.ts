/** Which column of a frame carries a channel is read from `hello`, by name: a newer controller may add columns. */
export type ChannelTable = readonly { readonly name: string }[];

/** For every name the column that carries it, -1 where the controller has no such channel. */
export function pickColumns(channels: ChannelTable, names: readonly string[]): number[] {
  return names.map((name) => channels.findIndex((channel) => channel.name === name));
}
