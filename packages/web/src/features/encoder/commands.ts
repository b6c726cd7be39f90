import { type ClientId, type FaultCode, type GroupId, Live, type LiveId } from '@groupcast/protocol';
import type { Answer, Schema } from '../../api/answer.ts';
import type { Wire } from '../../realtime/wire.ts';

/** Answers of commands whose content this page does not need. */
const anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** Takes a place for a live that an encoder will send. */
export const prepareByEncoder = (
  wire: Wire,
  wanted: { readonly group: GroupId; readonly clientId: ClientId; readonly topic: string },
): Promise<Answer<Live>> => wire.send({ type: 'live.prepareByEncoder', ...wanted }, Live);

/** Gives up a live that has not begun. */
export async function cancelLive(wire: Wire, live: LiveId): Promise<FaultCode | undefined> {
  const answer = await wire.send({ type: 'live.cancel', live }, anything);
  return 'ok' in answer || answer.fault === 'liveOver' ? undefined : answer.fault;
}
