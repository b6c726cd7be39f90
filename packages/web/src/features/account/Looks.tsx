import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, speak } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import { keepTheme, keptTheme, type Theme, themes } from '../../ui/theme.ts';

const languages = ['en', 'zh'] as const satisfies readonly Language[];

/** Language and appearance, kept in this browser. */
export function Looks() {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState<Theme>(keptTheme);
  return (
    <>
      <Select
        label={t('account.language')}
        value={i18n.language === 'zh' ? 'zh' : 'en'}
        options={languages}
        nameOf={(language) => t(`account.languageNames.${language}`)}
        onValue={(language) => void speak(i18n, language)}
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
