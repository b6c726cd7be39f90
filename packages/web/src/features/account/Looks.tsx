import { useState } from 'react';
import { type Language, useTranslation } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import { keepTheme, keptTheme, type Theme, themes } from '../../ui/theme.ts';

const languages = ['en', 'zh'] as const satisfies readonly Language[];

/** Language and appearance, kept in this browser. */
export function Looks() {
  const { t, language, speak } = useTranslation();
  const [theme, setTheme] = useState<Theme>(keptTheme);
  return (
    <>
      <Select
        label={t('account.language')}
        value={language}
        options={languages}
        nameOf={(name) => t(`account.languageNames.${name}`)}
        onValue={(next) => void speak(next)}
      />
      <Select
        label={t('account.theme')}
        value={theme}
        options={themes}
        nameOf={(name) => t(`account.themeNames.${name}`)}
        onValue={(next) => {
          keepTheme(next);
          setTheme(next);
        }}
      />
    </>
  );
}
