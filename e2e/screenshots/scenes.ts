/** Drawn pictures for the fake cameras, 1280 × 720; what matters stands in the middle third, where phones crop. */

const person = (hair: string, skin: string, shirt: string) => `
  <g transform="translate(640 128) scale(0.84)">
    <path d="M-290 760c10-130 90-190 180-205h140c90 15 180 75 220 245z" fill="${shirt}"/>
    <path d="M-52 430h104v78a52 46 0 0 1-104 0z" fill="${skin}"/>
    <path d="M-52 452q52 44 104 0v20q-52 46-104 0z" fill="#000" opacity=".1"/>
    <ellipse cx="0" cy="335" rx="112" ry="135" fill="${skin}"/>
    <path d="M-128 372c-22-170 34-232 128-232s150 62 128 232c-8-70-40-112-66-132-60 34-126 40-166 22-14 26-20 62-24 110z" fill="${hair}"/>
    <path d="M-64 318q22-14 44 0M20 318q22-14 44 0" fill="none" stroke="${hair}" stroke-width="7" stroke-linecap="round"/>
    <circle cx="-42" cy="346" r="9" fill="#2b2320"/><circle cx="42" cy="346" r="9" fill="#2b2320"/>
    <path d="M-6 356q-8 30 4 34" fill="none" stroke="#000" stroke-opacity=".18" stroke-width="5" stroke-linecap="round"/>
    <path d="M-34 414q34 24 68 0" fill="none" stroke="#a04a40" stroke-width="8" stroke-linecap="round"/>
  </g>`;

const board = `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720">
    <defs>
      <linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#3f6d5d"/><stop offset=".5" stop-color="#2c5347"/><stop offset="1" stop-color="#1f3f37"/></linearGradient>
      <filter id="soft"><feGaussianBlur stdDeviation="16"/></filter>
    </defs>
    <rect width="1280" height="720" fill="url(#g)"/>
    <ellipse cx="260" cy="130" rx="380" ry="70" fill="#fff" opacity=".07" filter="url(#soft)"/>
    <ellipse cx="980" cy="520" rx="340" ry="60" fill="#fff" opacity=".06" filter="url(#soft)"/>
    <g fill="none" stroke="#f1f4ee" stroke-width="6" stroke-linecap="round" opacity=".92">
      <circle cx="580" cy="128" r="88"/><path d="M580 128L778 58"/><path d="M580 128l58 66" stroke="#f3cf72"/><path d="M638 194L778 58" stroke="#ef9f8c"/>
    </g>
    <g fill="#f1f4ee" font-family="Noto Sans CJK SC, sans-serif" font-size="44" opacity=".92">
      <text x="540" y="136">O</text><text x="784" y="52">P</text><text x="648" y="236">T</text><text x="590" y="196" fill="#f3cf72" font-size="34">3</text><text x="672" y="76" font-size="34">5</text>
      <text x="150" y="330" font-size="50">OT² + PT² = OP²</text><text x="150" y="400" font-size="50">9 + PT² = 25</text>
      <text x="980" y="330" font-size="60">切线</text>
    </g>
    ${person('#2a2422', '#e6b491', '#e8dcc4')}
    <rect y="700" width="1280" height="20" fill="#7c5c3a"/>
  </svg>`;

const tea = `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720">
    <defs>
      <linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#c99a6a"/><stop offset=".55" stop-color="#8f5d36"/><stop offset="1" stop-color="#5c3920"/></linearGradient>
      <radialGradient id="l" cx=".5" cy=".1" r=".8"><stop offset="0" stop-color="#fff3d8" stop-opacity=".85"/><stop offset="1" stop-color="#fff3d8" stop-opacity="0"/></radialGradient>
      <filter id="steam"><feGaussianBlur stdDeviation="9"/></filter>
    </defs>
    <rect width="1280" height="720" fill="url(#w)"/><rect width="1280" height="420" fill="url(#l)"/>
    <rect y="470" width="1280" height="250" fill="#4a2c18"/><g stroke="#3a2213" stroke-width="4"><path d="M0 530h1280M0 590h1280M0 650h1280"/></g>
    <g fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" opacity=".35" filter="url(#steam)"><path d="M560 210q-36-50 0-96t0-96M640 220q-36-50 0-96t0-96"/></g>
    <g><ellipse cx="600" cy="560" rx="190" ry="30" fill="#000" opacity=".3"/>
      <path d="M440 340q-6 200 160 206 166-6 160-206z" fill="#f6f3ec"/><path d="M752 380q110-6 92 72-20 58-116 50" fill="none" stroke="#f6f3ec" stroke-width="26"/>
      <path d="M446 380q-76-14-92-92" fill="none" stroke="#f6f3ec" stroke-width="30" stroke-linecap="round"/>
      <ellipse cx="600" cy="340" rx="160" ry="34" fill="#e7e2d6"/><path d="M530 332q70-76 140 0z" fill="#f6f3ec"/><circle cx="600" cy="286" r="18" fill="#f6f3ec"/>
      <path d="M500 430q60-46 110 6t100-14" fill="none" stroke="#5b83b1" stroke-width="8" stroke-linecap="round"/><circle cx="540" cy="470" r="10" fill="#5b83b1"/><circle cx="660" cy="480" r="10" fill="#5b83b1"/></g>
    <g>${[330, 470, 730, 880].map((x) => `<g transform="translate(${x} 610)"><ellipse cx="0" cy="44" rx="62" ry="12" fill="#000" opacity=".3"/><path d="M-58-24q4 66 58 68 54-2 58-68z" fill="#f6f3ec"/><ellipse cx="0" cy="-24" rx="58" ry="15" fill="#d9a441"/></g>`).join('')}</g>
  </svg>`;

export const scenes = { board, tea } as const;
