import type { GroupId, Me, Person, UserId } from '@groupcast/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { MemberSheet } from './MemberSheet.tsx';
import css from './QueuePanel.module.css';

export interface HelpersProps {
  readonly helpers: readonly Person[];
  readonly group: GroupId;
  readonly me: Me;
  readonly onHelper: (user: UserId, on: boolean) => Promise<void>;
}

/** Members whom the host lets decide about guests. */
export function Helpers({ helpers, group, me, onHelper }: HelpersProps) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <header className={css['head']}>
        <h3>{t('stage.helpers')}</h3>
        <Button size="small" onClick={() => setAdding(true)}>
          {t('stage.addHelper')}
        </Button>
      </header>
      {helpers.length === 0 && <p className={css['empty']}>{t('stage.helpersHint')}</p>}
      <ul className={css['rows']}>
        {helpers.map((person) => (
          <li key={person.id} className={css['row']}>
            <Face person={person} size={40} />
            <div className={css['who']}>
              <strong>{person.name}</strong>
            </div>
            <div className={css['acts']}>
              <IconButton
                label={t('stage.dropHelper', { name: person.name })}
                onClick={() => void onHelper(person.id, false)}
              >
                <X size={20} strokeWidth={1.75} />
              </IconButton>
            </div>
          </li>
        ))}
      </ul>
      {adding && (
        <MemberSheet
          group={group}
          without={[me.id, ...helpers.map(({ id }) => id)]}
          title={t('stage.addHelperTitle')}
          act={t('stage.makeHelper')}
          onChoose={(user) => onHelper(user, true)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
