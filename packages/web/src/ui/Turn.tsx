import { Button } from './Button.tsx';
import css from './Turn.module.css';

/** The way to the other form: a question and a plain button. */
export function Turn({
  ask,
  act,
  onTurn,
}: {
  readonly ask: string;
  readonly act: string;
  readonly onTurn: () => void;
}) {
  return (
    <p className={css['turn']}>
      {ask}
      <Button look="plain" onClick={onTurn}>
        {act}
      </Button>
    </p>
  );
}
