import { api, type Group, type GroupId, GroupName, limits } from '@groupcast/protocol';
import { useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { longDate } from '../../ui/format.ts';
import { GroupFace } from '../../ui/GroupFace.tsx';
import { NameForm } from '../../ui/NameForm.tsx';
import { Page, Section } from '../../ui/Page.tsx';
import { PicturePicker } from '../../ui/PicturePicker.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useFault } from '../../ui/useFault.ts';
import { InviteLinks } from '../invites/InviteLinks.tsx';
import { RuleSection } from '../starting/index.ts';
import { useDirectory, useGroupLine, useGroups } from './context.ts';
import css from './InfoPage.module.css';
import { Members } from './Members.tsx';
import { WaysOut } from './WaysOut.tsx';

/** A group's own page: what it is called, who is in it, how others come in, and the ways out. */
export function InfoPage({ id }: { readonly id: GroupId }) {
  const { t } = useTranslation();
  const { loaded } = useGroups();
  const group = useGroupLine(id)?.group;
  return (
    <Page title={t('groups.info')} back={`/g/${id}`}>
      {group && <Info group={group} />}
      {!group && loaded && <p className={css['refused']}>{t('fault.notFound')}</p>}
    </Page>
  );
}

function Info({ group }: { readonly group: Group }) {
  const { t, language } = useTranslation();
  const directory = useDirectory();
  const say = useToast();
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  const leads = group.role !== 'member';

  const take = async (asked: Promise<Answer<Group>>) => {
    setBusy(true);
    const answer = await asked;
    setBusy(false);
    if ('fault' in answer) return say({ text: fault(answer), look: 'problem' });
    directory.changed(answer.ok);
  };
  const params = { group: group.id };

  return (
    <>
      <Section>
        <div className={css['top']}>
          {leads ? (
            <PicturePicker
              face={<GroupFace group={group} size={88} />}
              has={group.picture !== null}
              busy={busy}
              labels={{ change: t('groups.changePicture'), remove: t('groups.removePicture') }}
              onPick={(file) => void take(call(api.putGroupPicture, { params, file }))}
              onRemove={() => void take(call(api.deleteGroupPicture, { params }))}
            />
          ) : (
            <GroupFace group={group} size={88} />
          )}
          {!leads && <p className={css['name']}>{group.name}</p>}
          <p className={css['since']}>
            {t('groups.members', { count: group.memberCount })} ·{' '}
            {t('groups.since', { date: longDate(group.since, Date.now(), language) })}
          </p>
        </div>
        {leads && (
          <NameForm
            label={t('groups.name')}
            value={group.name}
            problem={t('groups.nameLength', { max: limits.groupNameLength })}
            fits={(name) => GroupName.safeParse(name).success}
            onSave={(name) => take(call(api.renameGroup, { params, body: { name } }))}
          />
        )}
      </Section>
      {leads && (
        <Section title={t('invites.title')}>
          <InviteLinks group={group} />
        </Section>
      )}
      <RuleSection group={group} />
      <Members group={group} />
      <WaysOut group={group} />
    </>
  );
}
