import { api, type GroupId, type UserId } from '@groupcast/protocol';
import { useState } from 'react';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { Field } from '../../ui/Field.tsx';
import css from './InviteSheet.module.css';

export interface InviteSheetProps {
  readonly group: GroupId;
  readonly without: readonly UserId[];
  readonly onInvite: (user: UserId) => Promise<void>;
  readonly onClose: () => void;
}

/** More than this, and one wants to search. */
const searchFrom = 8;

/** Members of the group, to be invited on stage. */
export function InviteSheet({ group, without, onInvite, onClose }: InviteSheetProps) {
  const { t } = useTranslation();
  const { loaded } = useApi(api.members, { params: { group } });
  const [words, setWords] = useState('');
  const members = loaded.state === 'ready' ? loaded.value.members : [];
  const others = members.filter(({ person }) => !without.includes(person.id));
  const wanted = words.trim().toLocaleLowerCase();
  const shown = others.filter(({ person }) => person.name.toLocaleLowerCase().includes(wanted));
  return (
    <Dialog look="sheet" title={t('stage.inviteTitle')} onClose={onClose}>
      {others.length > searchFrom && <Field label={t('stage.search')} value={words} onValue={setWords} />}
      <ul className={css['members']}>
        {shown.map(({ person }) => (
          <li key={person.id}>
            <Face person={person} size={36} />
            <span>{person.name}</span>
            <Button
              size="small"
              onClick={() => {
                void onInvite(person.id);
                onClose();
              }}
            >
              {t('stage.invite')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
