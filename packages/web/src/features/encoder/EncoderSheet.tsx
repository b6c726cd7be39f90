import { useTranslation } from '../../i18n/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EncoderDetails } from './EncoderDetails.tsx';

export function EncoderSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('encoder.title')} look="sheet" onClose={onClose}>
      <EncoderDetails />
    </Dialog>
  );
}
