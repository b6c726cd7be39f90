import type { Channel, Event } from '@groupcast/protocol';

/** The channels whose members hear an event; `pulse` belongs to the line itself. */
export function channelsOf(event: Exclude<Event, { type: 'pulse' }>): readonly Channel[] {
  switch (event.type) {
    case 'group.entries':
    case 'group.lives':
    case 'group.counts':
    case 'group.changed':
      return [`group:${event.group}`];
    case 'live.tick':
      return [`live:${event.live}`];
    case 'me.stage':
    case 'me.muted':
      return ['me', `live:${event.live}`];
    case 'me.live':
    case 'me.group':
    case 'me.read':
    case 'me.groups':
      return ['me'];
    case 'channel.closed':
      return [event.channel];
  }
}
