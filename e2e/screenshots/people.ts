/** People drawn for the fake cameras and faces: head and shoulders around (0, 0), which lies between the eyes. */
export interface Drawn {
  readonly hair: string;
  readonly skin: string;
  readonly shirt: string;
  readonly cut: 'bob' | 'short' | 'bun';
  readonly glasses?: boolean;
}

const behind = {
  bob: '<path d="M0-128c-92 0-128 66-126 140 1 66-10 118 14 150 30 24 58 8 66-14h92c8 22 36 38 66 14 24-32 13-84 14-150C128-62 92-128 0-128z"/>',
  short: '',
  bun: '<circle cx="0" cy="-142" r="46"/><path d="M0-126c-82 0-112 56-108 120l8 18h200l8-18C112-70 82-126 0-126z"/>',
} as const;

const before = {
  bob: '<path d="M-104 62c-34-110-8-190 84-196 104-6 150 78 128 196-10-50-24-92-56-124-40 30-92 40-128 40-14 22-20 50-28 84z"/>',
  short:
    '<path d="M-104-2c-26-96 24-136 104-136s130 44 104 136c-8-30-14-44-26-58-46 8-106 4-148-16-18 20-26 42-34 74z"/>',
  bun: '<path d="M-103 18c-22-92 26-142 103-142S126-74 103 18c-8-44-34-72-62-88-52 20-94 32-126 46-10 12-14 24-18 42z"/>',
} as const;

const eye = (x: number) => `
  <path d="M${x - 21} 2q21-20 42 0-21 13-42 0z" fill="#f6ece2"/>
  <circle cx="${x}" cy="-1" r="9" fill="#33231c"/><circle cx="${x - 3}" cy="-4" r="2.4" fill="#fff"/>
  <path d="M${x - 22} 3q22-22 44 0" fill="none" stroke="#33231c" stroke-width="4" stroke-linecap="round"/>
  <path d="M${x - 26}-30q26-14 52-2" fill="none" stroke="#33231c" stroke-width="7" stroke-linecap="round" opacity=".75"/>`;

const glasses = `
  <g fill="#e6f4ff" fill-opacity=".1" stroke="#2f2826" stroke-width="4.5">
    <rect x="-78" y="-26" width="66" height="54" rx="25"/><rect x="12" y="-26" width="66" height="54" rx="25"/>
    <path d="M-12-4q12-9 24 0M-78-8l-22-6M78-8l22-6" fill="none"/>
  </g>
  <path d="M-64 16l24-28M26 16l24-28" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".2"/>`;

/** One person as SVG; `id` keeps apart the shades of several in one picture. */
export const person = (id: string, { hair, skin, shirt, cut, glasses: worn }: Drawn): string => `
  <defs>
    <linearGradient id="${id}-light" x1="0" y1="0" x2="1" y2=".7"><stop offset="0" stop-color="#fff" stop-opacity=".34"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#2a1208" stop-opacity=".38"/></linearGradient>
    <filter id="${id}-soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
    <clipPath id="${id}-face"><path d="M-94-20C-96-88-56-118 0-118S96-88 94-20C92 44 78 84 48 114 30 132 16 140 0 140s-30-8-48-26C-78 84-92 44-94-20z"/></clipPath>
    <clipPath id="${id}-body"><path d="M-52 178c26 34 78 34 104 0 64 12 150 34 186 78 30 40 42 130 48 260H-286c6-130 18-220 48-260 36-44 122-66 186-78z"/></clipPath>
  </defs>
  <g fill="${hair}">${behind[cut]}</g>
  <path d="M-48 90h96v92c0 46-96 46-96 0z" fill="${skin}"/>
  <path d="M-52 112q52 60 104 0v30q-52 60-104 0z" fill="#5a2c18" opacity=".42" filter="url(#${id}-soft)"/>
  <g clip-path="url(#${id}-body)">
    <rect x="-300" y="160" width="600" height="400" fill="${shirt}"/>
    <path d="M-62 176c28 60 96 60 124 0l16 10c-32 76-124 76-156 0z" fill="#fff" opacity=".32"/>
    <path d="M-216 296q30-66 120-86" fill="none" stroke="#fff" stroke-width="30" opacity=".4" filter="url(#${id}-soft)"/>
    <path d="M-196 560q-16-120 8-200M196 560q16-120-8-200" fill="none" stroke="#000" stroke-width="22" opacity=".2" filter="url(#${id}-soft)"/>
    <rect x="-300" y="160" width="600" height="400" fill="url(#${id}-light)"/>
  </g>
  <ellipse cx="-96" cy="18" rx="14" ry="26" fill="${skin}"/><ellipse cx="96" cy="18" rx="14" ry="26" fill="${skin}"/>
  <g clip-path="url(#${id}-face)">
    <rect x="-110" y="-130" width="220" height="290" fill="${skin}"/>
    <rect x="-110" y="-130" width="220" height="290" fill="url(#${id}-light)"/>
    <ellipse cx="0" cy="-104" rx="110" ry="40" fill="#4a2415" opacity=".45" filter="url(#${id}-soft)"/>
    <ellipse cx="-56" cy="52" rx="28" ry="18" fill="#e0705c" opacity=".34" filter="url(#${id}-soft)"/>
    <ellipse cx="56" cy="52" rx="28" ry="18" fill="#d5614e" opacity=".34" filter="url(#${id}-soft)"/>
  </g>
  ${eye(-44)}${eye(44)}
  <path d="M4 0c4 22 14 36 12 46-8 8-16 8-26 4" fill="none" stroke="#8d4f38" stroke-width="4.5" stroke-linecap="round" opacity=".6"/>
  <path d="M-32 84q32 12 64 0-10 25-32 25t-32-25z" fill="#b9564c"/><path d="M-25 89q25 8 50 0-10 9-25 9t-25-9z" fill="#fff" opacity=".85"/>
  <g fill="${hair}">${before[cut]}</g>
  <path d="M-66-82q28-34 76-34" fill="none" stroke="#fff" stroke-width="13" stroke-linecap="round" opacity=".2" filter="url(#${id}-soft)"/>
  ${worn ? glasses : ''}`;
