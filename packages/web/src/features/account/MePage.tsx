import { api, type Me } from '@groupcast/protocol';
import { lazy, Suspense, useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { call } from '../../api/client.ts';
import { LiveTexts, useTranslation } from '../../i18n/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Face } from '../../ui/Face.tsx';
import { longDate } from '../../ui/format.ts';
import { NameForm } from '../../ui/NameForm.tsx';
import { ActRow, Page, Section } from '../../ui/Page.tsx';
import { PicturePicker } from '../../ui/PicturePicker.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import { useMe, useSession } from './context.ts';
import { Looks } from './Looks.tsx';
import css from './MePage.module.css';
import { nameProblem } from './model.ts';
import { PasswordDialog } from './PasswordDialog.tsx';

const EncoderSheet = lazy(async () => ({ default: (await import('../encoder/EncoderSheet.tsx')).EncoderSheet }));

/** One's own account: face, name, language, look, password, and the ways out. */
export function MePage() {
  const { t, language } = useTranslation();
  const me = useMe();
  const session = useSession();
  const say = useToast();
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<'password' | 'everywhere' | 'encoder'>();

  const take = (answer: Answer<Me>): boolean => {
    if ('ok' in answer) session.signedIn(answer.ok);
    else say({ text: fault(answer), look: 'problem' });
    return 'ok' in answer;
  };
  const picture = async (asked: Promise<Answer<Me>>) => {
    setBusy(true);
    take(await asked);
    setBusy(false);
  };

  const signOut = async (where: 'here' | 'everywhere') => {
    const refusal = await session.signOut(where);
    if (refusal) say({ text: fault(refusal), look: 'problem' });
  };

  return (
    <Page title={t('account.me')} back="/">
      <Section>
        <div className={css['top']}>
          <PicturePicker
            face={<Face person={me} size={88} />}
            has={me.picture !== null}
            busy={busy}
            labels={{ change: t('account.changePicture'), remove: t('account.removePicture') }}
            onPick={(file) => void picture(call(api.putMyPicture, { file }))}
            onRemove={() => void picture(call(api.deleteMyPicture))}
          />
          <p className={css['who']}>
            @{me.username} · {t('account.memberSince', { date: longDate(me.since, Date.now(), language) })}
          </p>
        </div>
        <NameForm
          label={t('account.displayName')}
          hint={t('account.displayNameHint')}
          value={me.name}
          problem={t('account.problem.name')}
          fits={(name) => !nameProblem(name)}
          onSave={async (name) => {
            if (take(await call(api.changeMe, { body: { name } }))) say({ text: t('account.nameChanged') });
          }}
        />
      </Section>
      <Section>
        <Looks />
      </Section>
      <Section>
        <ActRow label={t('account.changePassword')} onAct={() => setOpen('password')} />
        <ActRow label={t('account.encoder')} text={t('account.encoderText')} onAct={() => setOpen('encoder')} />
        <ActRow label={t('account.signOut')} onAct={() => void signOut('here')} />
        <ActRow
          danger
          label={t('account.signOutEverywhere')}
          text={t('account.signOutEverywhereText')}
          onAct={() => setOpen('everywhere')}
        />
      </Section>
      {open === 'encoder' && (
        <Suspense fallback={null}>
          <LiveTexts>
            <EncoderSheet onClose={() => setOpen(undefined)} />
          </LiveTexts>
        </Suspense>
      )}
      {open === 'password' && <PasswordDialog onClose={() => setOpen(undefined)} />}
      {open === 'everywhere' && (
        <Confirm
          title={t('account.signOutEverywhere')}
          text={t('account.signOutEverywhereText')}
          act={t('account.signOut')}
          danger
          onAct={() => signOut('everywhere')}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}
