import type { Refusal } from '../api/answer.ts';
import { useTranslation } from '../i18n/index.ts';

/** The sentence of a refusal: what happened and what to do, with the log's number when there is one. */
export function useFault(): (refusal: Refusal) => string {
  const { t } = useTranslation();
  return ({ fault, incident }) =>
    incident ? `${t(`fault.${fault}`)} ${t('app.incident', { incident })}` : t(`fault.${fault}`);
}
