import css from './Mark.module.css';

/** Groupcast's sign: a speech bubble with something live in it. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg className={css['mark']} width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="18" className={css['ground']} />
      <path
        className={css['bubble']}
        d="M32 14c11.6 0 20 7.4 20 17s-8.4 17-20 17c-1.900 0-3.700-.2-5.400-.6l-7.800 4.300c-1 .5-2.100-.3-1.900-1.400l1.200-6.600C14.400 40.600 12 36 12 31c0-9.600 8.400-17 20-17Z"
      />
      <circle className={css['dot']} cx="32" cy="31" r="6.500" />
    </svg>
  );
}
