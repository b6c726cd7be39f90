import type { GroupId, Invite } from '@groupcast/protocol';
import { Link2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { copied } from '../../ui/copied.ts';
import { Failed } from '../../ui/Failed.tsx';
import { useToast } from '../../ui/Toast.tsx';
import css from './CopyLink.module.css';
import { bestInvite, linkOf } from './model.ts';
import { useInvites } from './useInvites.ts';

/** How long a link made in passing stays open. */
const usualHours = 24 * 30;

export interface CopyLinkProps {
  readonly group: GroupId;
  /** It has been done before: the button steps back. */
  readonly done?: boolean;
  readonly onCopied?: () => void;
}

/** A link to the group, made when there is none, and the button that copies it. */
export function CopyLink({ group, done, onCopied }: CopyLinkProps) {
  const { t } = useTranslation();
  const { invites, refused, reload, create } = useInvites(group);
  const [made, setMade] = useState<Invite>();
  const [busy, setBusy] = useState(false);
  const invite = made ?? (invites && bestInvite(invites, Date.now()));
  if (refused) return <Failed text={refused} onRetry={reload} />;
  return (
    <CopyBox
      link={invite && linkOf(location.origin, invite.code)}
      placeholder={linkOf(location.origin, '…')}
      busy={busy || !invites}
      label={t('invites.copy')}
      quiet={done}
      onAsk={async () => {
        if (invite) return linkOf(location.origin, invite.code);
        setBusy(true);
        const fresh = await create(usualHours, null);
        setBusy(false);
        if (fresh) setMade(fresh);
        return fresh && linkOf(location.origin, fresh.code);
      }}
      onCopied={onCopied}
    />
  );
}

export interface CopyBoxProps {
  readonly link: string | undefined;
  readonly placeholder?: string;
  readonly busy?: boolean;
  readonly label: string;
  readonly quiet?: boolean | undefined;
  /** The link to copy, made now if it must be. */
  readonly onAsk: () => Promise<string | undefined>;
  readonly onCopied?: (() => void) | undefined;
}

/** A link one can see, and a big button that copies it. */
export function CopyBox({ link, placeholder, busy, label, quiet, onAsk, onCopied }: CopyBoxProps) {
  const { t } = useTranslation();
  const say = useToast();
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    const asked = await onAsk();
    if (!asked) return;
    if (await copied(asked)) say({ text: t('invites.copied') });
    else {
      say({ text: t('invites.copyByHand') });
      field.current?.select();
    }
    onCopied?.();
  };
  return (
    <div className={css['box']}>
      <label className={css['link']}>
        <Link2 size={16} strokeWidth={2} aria-hidden="true" />
        <input
          ref={field}
          readOnly
          value={link ?? placeholder ?? ''}
          aria-label={t('invites.link')}
          onFocus={({ target }) => target.select()}
        />
      </label>
      <Button look={quiet ? 'soft' : 'main'} wide busy={busy ?? false} onClick={() => void copy()}>
        {label}
      </Button>
    </div>
  );
}
