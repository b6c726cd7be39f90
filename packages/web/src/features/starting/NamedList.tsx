import { api, type Group, type UserId } from '@groupcast/protocol';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../../api/useApi.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Face } from '../../ui/Face.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { Field } from '../../ui/Field.tsx';
import { useFault } from '../../ui/useFault.ts';
import css from './NamedList.module.css';

/** More than this, and one wants to search. */
const searchFrom = 12;

/** Picks among the group's plain members; owner and admins may start anyway. */
export function NamedList({
  group,
  named,
  onNamed,
}: {
  readonly group: Group;
  readonly named: readonly UserId[];
  readonly onNamed: (named: readonly UserId[]) => void;
}) {
  const { t } = useTranslation();
  const fault = useFault();
  const { loaded, reload } = useApi(api.members, { params: { group: group.id } });
  const [words, setWords] = useState('');
  const members = loaded.state === 'ready' ? loaded.value.members.filter(({ role }) => role === 'member') : [];
  const wanted = words.trim().toLocaleLowerCase();
  const shown = members.filter(({ person }) => person.name.toLocaleLowerCase().includes(wanted));
  return (
    <fieldset className={css['named']}>
      <legend>{t('starting.named')}</legend>
      {loaded.state === 'refused' && <Failed text={fault(loaded.refusal)} onRetry={reload} />}
      {members.length >= searchFrom && (
        <Field label={t('groups.findMember')} value={words} onValue={setWords} type="search" />
      )}
      {loaded.state === 'ready' && members.length === 0 && <p className={css['none']}>{t('starting.nobody')}</p>}
      <div className={css['list']}>
        {shown.map(({ person }) => (
          <label key={person.id}>
            <input
              type="checkbox"
              checked={named.includes(person.id)}
              onChange={({ target }) =>
                onNamed(target.checked ? [...named, person.id] : named.filter((id) => id !== person.id))
              }
            />
            <Face person={person} size={36} />
            <span className={css['name']}>{person.name}</span>
            {named.includes(person.id) && <Check size={20} strokeWidth={1.75} aria-hidden="true" />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
