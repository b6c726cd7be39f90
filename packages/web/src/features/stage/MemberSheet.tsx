import { api, type GroupId, type UserId } from '@groupcast/protocol';
import { useState } from 'react';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { Field } from '../../ui/Field.tsx';
import css from './MemberSheet.module.css';

export interface MemberSheetProps {
  readonly group: GroupId;
  readonly without: readonly UserId[];
  readonly title: string;
  /** What the button beside each name says. */
  readonly act: string;
  readonly onChoose: (user: UserId) => Promise<void>;
  readonly onClose: () => void;
}

/** More than this, and one wants to search. */
const searchFrom = 8;

/** Members of the group, one of whom is to be chosen. */
export function MemberSheet({ group, without, title, act, onChoose, onClose }: MemberSheetProps) {
  const { t } = useTranslation();
  const { loaded } = useApi(api.members, { params: { group } });
  const [words, setWords] = useState('');
  const members = loaded.state === 'ready' ? loaded.value.members : [];
  const others = members.filter(({ person }) => !without.includes(person.id));
  const wanted = words.trim().toLocaleLowerCase();
  const shown = others.filter(({ person }) => person.name.toLocaleLowerCase().includes(wanted));
  return (
    <Dialog look="sheet" title={title} onClose={onClose}>
      {others.length > searchFrom && <Field label={t('stage.search')} value={words} onValue={setWords} />}
      <ul className={css['members']}>
        {shown.map(({ person }) => (
          <li key={person.id}>
            <Face person={person} size={36} />
            <span>{person.name}</span>
            <Button
              size="small"
              onClick={() => {
                void onChoose(person.id);
                onClose();
              }}
            >
              {act}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
