import type { Me, Person } from '@groupcast/protocol';
import { Mic, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { useNow } from '../../realtime/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { clock } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import css from './AskButton.module.css';
import { JoinSheet } from './JoinSheet.tsx';
import type { Offer } from './model.ts';
import type { StageSession } from './session.ts';

export interface AskProps {
  readonly session: StageSession;
  readonly me: Me;
  readonly host: Person;
  readonly offer: Offer;
}

/** The way to the stage: to ask, to see how long it takes, to take an invitation. */
export function AskButton(props: AskProps) {
  const { offer } = props;
  switch (offer.type) {
    case 'ask':
      return <Ask {...props} camera={offer.camera} />;
    case 'waiting':
      return <Waiting {...props} offer={offer} />;
    case 'invited':
      return <Invited {...props} camera={offer.camera} />;
    case 'elsewhere':
      return <Elsewhere {...props} camera={offer.camera} />;
    case 'nothing':
    case 'onStage':
      return null;
  }
}

function Ask({ session, me, host, camera }: AskProps & { readonly camera: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton look="glass" label={t('stage.ask')} onClick={() => setOpen(true)}>
        <span className={css['sign']}>
          <Mic size={22} strokeWidth={1.75} />
          <Plus size={12} strokeWidth={3} />
        </span>
      </IconButton>
      {open && (
        <JoinSheet
          me={me}
          title={t('stage.askTitle')}
          camera={camera}
          withLine
          hint={t('stage.askHint', { name: host.name })}
          act={t('stage.ask')}
          onAct={(media, line) => session.ask(media, line)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Waiting({ session, offer }: AskProps & { readonly offer: Extract<Offer, { type: 'waiting' }> }) {
  const { t } = useTranslation();
  const say = useToast();
  const now = useNow(1_000);
  const [open, setOpen] = useState(false);
  const waited = clock(now - offer.since);
  const withdraw = async () => {
    setOpen(false);
    const fault = await session.withdraw();
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
  };
  return (
    <>
      <button
        type="button"
        className={css['waiting']}
        aria-label={t('stage.waitingLabel')}
        onClick={() => setOpen(true)}
      >
        <strong>{offer.place === undefined ? '…' : t('stage.place', { place: offer.place })}</strong>
        <span>{waited}</span>
      </button>
      {open && (
        <Dialog look="sheet" title={t('stage.waitingTitle')} onClose={() => setOpen(false)}>
          <p className={css['told']} role="status">
            {offer.place === undefined ? '…' : t('stage.inLine', { place: offer.place })}
            <span>{t('stage.waited', { time: waited })}</span>
          </p>
          <Button wide size="big" onClick={() => void withdraw()}>
            {t('stage.withdraw')}
          </Button>
        </Dialog>
      )}
    </>
  );
}

/** Opens by itself: who is invited decides now. Closed, it stands in the dock until it lapses. */
function Invited({ session, me, host, camera }: AskProps & { readonly camera: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  return (
    <>
      <Button look="main" onClick={() => setOpen(true)}>
        {t('stage.invited')}
      </Button>
      {open && (
        <JoinSheet
          me={me}
          title={t('stage.invitedTitle', { name: host.name })}
          camera={camera}
          hint={t('stage.invitedHint')}
          act={t('stage.accept')}
          onAct={(media) => session.accept(media)}
          refuse={t('stage.decline')}
          onRefuse={() => session.decline(me.id)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** On stage by another page, or by this one before it was loaded anew. */
function Elsewhere({ session, me, camera }: AskProps & { readonly camera: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="main" onClick={() => setOpen(true)}>
        {t('stage.goOn')}
      </Button>
      {open && (
        <JoinSheet
          me={me}
          title={t('stage.elsewhere')}
          camera={camera}
          hint={t('stage.elsewhereHint')}
          act={t('stage.goOn')}
          onAct={(media) => session.accept(media)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
