import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { cx } from './cx.ts';
import css from './Toast.module.css';

export interface Note {
  readonly text: string;
  readonly look?: 'plain' | 'problem';
  /** A button beside the text; a note with one stays until it is used or replaced. */
  readonly act?: { readonly label: string; readonly run: () => void };
}

const ToastContext = createContext<(note: Note) => void>(() => undefined);

/** Says something short that nobody has to answer. */
export const useToast = (): ((note: Note) => void) => useContext(ToastContext);

const shownMs = 4_000;

/** Shows one note at a time above everything, and reads it to screen readers. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [note, setNote] = useState<Note>();
  const box = useRef<HTMLDivElement>(null);
  const say = useCallback((next: Note) => setNote(next), []);
  useEffect(() => {
    // A popover stands in the top layer, so a note is seen over open dialogs too.
    const shown = box.current;
    if (!note) return shown?.hidePopover();
    shown?.hidePopover();
    shown?.showPopover();
    if (note.act) return;
    const timer = setTimeout(() => setNote(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [note]);
  return (
    <ToastContext.Provider value={say}>
      {children}
      <div ref={box} popover="manual" className={css['toasts']} role={note?.look === 'problem' ? 'alert' : 'status'}>
        {note && (
          <div className={cx(css['toast'], note.look === 'problem' && css['problem'])}>
            <span>{note.text}</span>
            {note.act && (
              <button
                type="button"
                onClick={() => {
                  note.act?.run();
                  setNote(undefined);
                }}
              >
                {note.act.label}
              </button>
            )}
          </div>
        )}
      </div>
    </ToastContext.Provider>
  );
}
