import { Check, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { CreateGroupForm } from '../groups/CreateGroupDialog.tsx';
import { useGroups } from '../groups/index.ts';
import { CopyLink } from '../invites/CopyLink.tsx';
import { useLiveDesk } from '../live/index.ts';
import type { StepState } from './model.ts';
import { Scene } from './Scene.tsx';
import css from './StartPage.module.css';
import type { Start } from './useStart.ts';

/** A new owner's first screen: name the group, invite, go live. */
export function StartPage({ start }: { readonly start: Start }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const lives = useLiveDesk();
  const [line] = useGroups().lines;
  const { steps } = start;
  const group = line?.group;
  return (
    <section className={css['page']} aria-label={t('start.title')}>
      <Scene />
      <header className={css['welcome']}>
        <h1>{t('start.title')}</h1>
        <p>{t('start.text')}</p>
      </header>
      <ol className={css['steps']}>
        <Step
          number={1}
          state={steps.name}
          title={t('start.nameTitle')}
          text={group?.name ?? t('start.nameText')}
          href={group && `/g/${group.id}`}
        >
          {!group && <CreateGroupForm onCreated={() => undefined} />}
        </Step>
        <Step number={2} state={steps.invite} title={t('start.inviteTitle')} text={t('invites.text')}>
          {group && <CopyLink group={group.id} done={steps.invite === 'done'} onCopied={start.copied} />}
        </Step>
        <Step
          number={3}
          state={steps.live}
          title={t('start.liveTitle')}
          text={t('start.liveText')}
          onAct={
            group &&
            (() => {
              go(`/g/${group.id}`);
              lives.openPreview(group);
            })
          }
        />
      </ol>
      {group && (
        <Button look="plain" onClick={start.finish}>
          {t('start.later')}
        </Button>
      )}
    </section>
  );
}

interface StepProps {
  readonly number: number;
  readonly state: StepState;
  readonly title: string;
  readonly text: string;
  readonly href?: string | undefined;
  readonly onAct?: (() => void) | undefined;
  readonly children?: ReactNode;
}

function Step({ number, state, title, text, href, onAct, children }: StepProps) {
  const words = (
    <>
      <span className={css['words']}>
        <b>{title}</b>
        <small>{text}</small>
      </span>
      {(href || onAct) && <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" />}
    </>
  );
  return (
    <li className={cx(css['step'], css[state])} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={css['number']} aria-hidden="true">
        {state === 'done' ? <Check size={16} strokeWidth={2} /> : number}
      </span>
      {href && (
        <Link href={href} className={css['row']}>
          {words}
        </Link>
      )}
      {onAct && (
        <button type="button" className={css['row']} onClick={onAct}>
          {words}
        </button>
      )}
      {!href && !onAct && <div className={css['row']}>{words}</div>}
      {children && <div className={css['act']}>{children}</div>}
    </li>
  );
}
