import { type Drawn, person } from './people.ts';

/** Drawn pictures for the fake cameras, 1280 × 720; what matters stands in the middle, where a phone crops. */

const lin: Drawn = { hair: '#2b2220', skin: '#ebbb97', shirt: '#e3d3b4', cut: 'bob', glasses: true };
const han: Drawn = { hair: '#241c1a', skin: '#dda57f', shirt: '#4f6b7d', cut: 'short' };
const mei: Drawn = { hair: '#3a2620', skin: '#efc4a2', shirt: '#b5604a', cut: 'bun' };
const tao: Drawn = { hair: '#1f1b1c', skin: '#c98d68', shirt: '#5d7d4f', cut: 'short', glasses: true };

const svg = (content: string, size = '1280 720') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}">${content}</svg>`;

const board = svg(`
  <defs>
    <linearGradient id="board" x1="0" y1="0" x2="1" y2=".8"><stop offset="0" stop-color="#41705f"/><stop offset=".5" stop-color="#2c5447"/><stop offset="1" stop-color="#1b3a31"/></linearGradient>
    <filter id="haze" x="-40%" y="-80%" width="180%" height="260%"><feGaussianBlur stdDeviation="26"/></filter>
    <filter id="chalk"><feTurbulence type="fractalNoise" baseFrequency=".6" numOctaves="2" seed="7" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="3"/><feGaussianBlur stdDeviation=".4"/></filter>
  </defs>
  <rect width="1280" height="720" fill="url(#board)"/>
  <g fill="#e6f2ea" opacity=".09" filter="url(#haze)"><ellipse cx="250" cy="120" rx="330" ry="60"/><ellipse cx="960" cy="420" rx="330" ry="70"/><ellipse cx="300" cy="560" rx="240" ry="50"/></g>
  <path d="M0 0h250l330 720H0z" fill="#fff3d6" opacity=".1" filter="url(#haze)"/>
  <g fill="none" stroke="#f2f4ec" stroke-width="5" stroke-linecap="round" filter="url(#chalk)">
    <circle cx="560" cy="172" r="66"/><path d="M560 172L735 110"/><path d="M560 172L603 222" stroke="#f6d672"/><path d="M603 222L735 110" stroke="#f4a797"/>
    <path d="M594 212l10-9 9 10" stroke-width="4"/>
  </g>
  <g fill="#f2f4ec" font-family="Noto Sans CJK SC, sans-serif" font-size="30" filter="url(#chalk)">
    <text x="528" y="178">O</text><text x="732" y="100">P</text><text x="640" y="128" font-size="25">5</text><text x="558" y="214" fill="#f6d672" font-size="25">3</text><text x="684" y="190" fill="#f4a797" font-size="28">?</text>
    <text x="92" y="236" font-size="46">OT² + PT² = OP²</text><text x="92" y="312" font-size="46">9 + PT² = 25</text><path d="M92 336h260" stroke="#f6d672" stroke-width="5"/>
    <text x="968" y="236" font-size="62">切线</text><text x="968" y="300" font-size="34">tangent</text>
  </g>
  <rect y="620" width="1280" height="100" fill="#6f5232"/><rect y="620" width="1280" height="6" fill="#c79c66"/>
  <g transform="translate(640 344) scale(.82)">${person('lin', lin)}</g>`);

const cup = (x: number, size: number) => `
  <g transform="translate(${x} 628) scale(${size})">
    <ellipse cx="0" cy="46" rx="70" ry="13" fill="#000" opacity=".34"/>
    <path d="M-58-24q4 66 58 68 54-2 58-68z" fill="#f7f3ea"/><path d="M10 43q44-6 48-67h-30q2 46-18 67z" fill="#000" opacity=".1"/>
    <ellipse cx="0" cy="-24" rx="58" ry="15" fill="#e9e2d3"/><ellipse cx="0" cy="-22" rx="49" ry="11" fill="#c88a2f"/><ellipse cx="-14" cy="-25" rx="20" ry="4" fill="#fff" opacity=".4"/>
  </g>`;

const tea = svg(`
  <defs>
    <linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#e8c08d"/><stop offset=".5" stop-color="#b98352"/><stop offset="1" stop-color="#7a4c2c"/></linearGradient>
    <linearGradient id="china" x1="0" y1="0" x2="1" y2=".3"><stop offset="0" stop-color="#fffdf7"/><stop offset=".6" stop-color="#f1ebdd"/><stop offset="1" stop-color="#c9bda6"/></linearGradient>
    <linearGradient id="wood" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#6a4225"/><stop offset="1" stop-color="#3a2212"/></linearGradient>
    <filter id="steam" x="-80%" y="-30%" width="260%" height="160%"><feGaussianBlur stdDeviation="12"/></filter>
    <filter id="far" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="22"/></filter>
  </defs>
  <rect width="1280" height="720" fill="url(#wall)"/>
  <path d="M80 0h420v330H80z" fill="#fff4d6" opacity=".55" filter="url(#far)"/><path d="M860 40h300v260H860z" fill="#5a351d" opacity=".4" filter="url(#far)"/>
  <g filter="url(#far)" opacity=".8"><circle cx="930" cy="180" r="56" fill="#5c7f4c"/><circle cx="1080" cy="200" r="46" fill="#a6492f"/></g>
  <rect y="470" width="1280" height="250" fill="url(#wood)"/><path d="M0 540h1280M0 600h1280M0 662h1280" stroke="#2c190c" stroke-width="3" opacity=".6"/>
  <g fill="none" stroke="#fff" stroke-width="20" stroke-linecap="round" opacity=".5" filter="url(#steam)"><path d="M596 220q-40-50 0-104t0-110M676 226q-36-50 4-100t0-90"/></g>
  <g transform="translate(30 0)">
    <ellipse cx="612" cy="556" rx="196" ry="30" fill="#000" opacity=".4"/>
    <path d="M446 380q-84-8-104-104" fill="none" stroke="#efe8d8" stroke-width="32" stroke-linecap="round"/>
    <path d="M744 376q128-10 110 74-22 62-134 50" fill="none" stroke="#d8cdb7" stroke-width="26" stroke-linecap="round"/>
    <path d="M440 344q-8 204 162 208 170-4 162-208z" fill="url(#china)"/>
    <ellipse cx="602" cy="344" rx="162" ry="34" fill="#e4dccb"/><path d="M520 336q82-84 164 0-82 34-164 0z" fill="url(#china)"/><circle cx="602" cy="284" r="19" fill="#f7f2e6"/>
    <g fill="none" stroke="#4f78a8" stroke-width="7" stroke-linecap="round"><path d="M480 456q70-60 130 4t112-26"/><path d="M530 440q8-34 38-40M620 470q20-40 52-34"/></g>
    <g fill="#4f78a8"><circle cx="568" cy="398" r="10"/><circle cx="674" cy="434" r="11"/><circle cx="520" cy="476" r="8"/><circle cx="700" cy="470" r="8"/></g>
  </g>
  ${cup(330, 0.86)}${cup(520, 1)}${cup(690, 1)}${cup(860, 0.9)}${cup(1020, 0.78)}`);

const face = (id: string, drawn: Drawn, from: string, to: string) =>
  svg(
    `<defs><linearGradient id="back" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
    <rect width="400" height="400" fill="url(#back)"/><g transform="translate(200 196) scale(.98)">${person(id, drawn)}</g>`,
    '400 400',
  );

const hills = svg(
  `<rect width="400" height="400" fill="#bdd5e0"/><circle cx="112" cy="116" r="44" fill="#fff3cf"/><path d="M-20 300L120 150l90 90 70-60 150 150v80H-20z" fill="#7495a8"/>
  <path d="M-20 340q130-90 240-30t210-20v130H-20z" fill="#3f6b58"/>`,
  '400 400',
);

/** What the fake cameras film. */
export const scenes = { board, tea } as const;
/** Pictures that members chose for themselves. */
export const faces = {
  lin: face('lin', lin, '#41705f', '#1f4237'),
  mei: face('mei', mei, '#f3d9a8', '#c98f4f'),
  wumin: face('han', han, '#d9c3a5', '#94785a'),
  tao: face('tao', tao, '#a9c3d6', '#4d7390'),
  zhou: hills,
} as const;
