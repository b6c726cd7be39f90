import { type Live, Reason } from '@groupcast/protocol';
import { useState } from 'react';
import type { Schema } from '../../api/answer.ts';
import { useTranslation } from '../../i18n/index.ts';
import { useWire } from '../../realtime/context.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Field } from '../../ui/Field.tsx';

const anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** An admin ends somebody else's live, with a reason the host will see. */
export function EndAsAdmin({ live, onClose }: { readonly live: Live; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const wire = useWire();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const { name } = live.host;
  const end = async () => {
    const answer = await wire.send({ type: 'live.end', live: live.id, reason }, anything);
    if ('ok' in answer || answer.fault === 'liveOver') onClose();
    else setProblem(t(`fault.${answer.fault}`));
  };
  return (
    <Confirm
      title={t('room.endAsAdminTitle', { name })}
      text={t('room.endAsAdminText', { name })}
      act={t('room.endAct')}
      danger
      disabled={!Reason.safeParse(reason).success}
      onAct={end}
      onClose={onClose}
    >
      <Field label={t('room.endReason')} value={reason} onValue={setReason} maxLength={200} problem={problem} />
    </Confirm>
  );
}
