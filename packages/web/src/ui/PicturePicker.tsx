import { type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';
import css from './PicturePicker.module.css';

export interface PicturePickerProps {
  /** The face as it is now. */
  readonly face: ReactNode;
  readonly has: boolean;
  readonly busy: boolean;
  readonly labels: { readonly change: string; readonly remove: string };
  readonly onPick: (file: File) => void;
  readonly onRemove: () => void;
}

/** A face with the ways to another one. */
export function PicturePicker({ face, has, busy, labels, onPick, onRemove }: PicturePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={css['picker']} aria-busy={busy}>
      {face}
      <div className={css['acts']}>
        <Button size="small" busy={busy} onClick={() => input.current?.click()}>
          {labels.change}
        </Button>
        {has && (
          <Button size="small" look="plain" disabled={busy} onClick={onRemove}>
            {labels.remove}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onPick(file);
          target.value = '';
        }}
      />
    </div>
  );
}
