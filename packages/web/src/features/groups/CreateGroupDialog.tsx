import { api, ClientId, type Group, GroupName, limits } from '@groupcast/protocol';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { newId } from '../../ui/newId.ts';
import { useFault } from '../../ui/useFault.ts';
import css from './CreateGroup.module.css';
import { useDirectory } from './context.ts';

/** Names a new group; its creator is its owner and is taken there. */
export function CreateGroupDialog({
  onClose,
  onCreated,
}: {
  readonly onClose: () => void;
  readonly onCreated: (group: Group) => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('groups.create')} look="sheet" onClose={onClose}>
      <CreateGroupForm onCreated={onCreated} autoFocus />
    </Dialog>
  );
}

export function CreateGroupForm({
  onCreated,
  autoFocus,
}: {
  readonly onCreated: (group: Group) => void;
  readonly autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  const say = useFault();
  const directory = useDirectory();
  const [name, setName] = useState('');
  const [clientId] = useState(() => ClientId.parse(newId()));
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const fits = GroupName.safeParse(name).success;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    const answer = await call(api.createGroup, { body: { name, clientId } });
    if ('ok' in answer) {
      await directory.reload();
      onCreated(answer.ok);
    } else {
      setProblem(say(answer));
    }
    setBusy(false);
  };

  return (
    <form className={css['form']} onSubmit={(event) => void submit(event)}>
      <Field
        label={t('groups.name')}
        value={name}
        onValue={setName}
        placeholder={t('groups.namePlaceholder')}
        hint={t('groups.createText')}
        problem={problem ?? (name === '' || fits ? undefined : t('groups.nameLength', { max: limits.groupNameLength }))}
        autoComplete="off"
        autoFocus={autoFocus}
        enterKeyHint="done"
      />
      <Button type="submit" look="main" wide busy={busy} disabled={!fits}>
        {t('groups.create')}
      </Button>
    </form>
  );
}
