import type { Person } from '@groupcast/protocol';
import { Mic, MicOff } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import css from './NameBar.module.css';

/** Whose picture it is, and whether they are heard. */
export function NameBar({ person, heard }: { readonly person: Person; readonly heard: boolean }) {
  const { t } = useTranslation();
  const Sign = heard ? Mic : MicOff;
  return (
    <span className={css['name']}>
      <span>{person.name}</span>
      <Sign
        size={16}
        strokeWidth={2}
        className={heard ? css['heard'] : undefined}
        role="img"
        aria-label={t(heard ? 'stage.micOn' : 'stage.micOff')}
      />
    </span>
  );
}
