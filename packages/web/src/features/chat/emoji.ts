/** The emoji people use most, by what they show. */
export const emoji = {
  smiles:
    '😀 😄 😁 😆 😅 😂 🤣 🙂 😉 😊 😇 🥰 😍 😘 😋 😜 🤪 🤔 🤨 😐 😏 😒 🙄 😬 😌 😴 😷 🤒 🥵 🥶 🤯 🥳 😎 🤓 😕 😟 😮 😳 🥺 😢 😭 😱 😖 😤 😠 😡 🤬 💀 🤡 👻',
  hands: '👍 👎 👌 ✌️ 🤞 🤟 🤙 👋 ✋ 🙌 👏 🤝 🙏 💪 👉 👈 👆 👇 ☝️ ✍️ 🫶 🙋 🤷 🤦',
  hearts: '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💖 💯 ✨ ⭐ 🔥 🎉 🎊 🎁 🏆 🥇',
  nature: '🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐯 🦁 🐷 🐸 🐵 🐔 🐧 🦆 🦋 🌸 🌹 🌻 🌲 🍀 🍁 ☀️ 🌙 ⛅ 🌧️ ❄️ 🌈 🌊',
  food: '🍎 🍊 🍌 🍉 🍇 🍓 🍑 🍅 🌽 🍞 🥚 🍜 🍚 🍣 🥟 🍕 🍔 🍟 🍰 🍦 🍫 🍵 ☕ 🧋 🍺 🍷',
  things: '📷 🎤 🎧 🎵 🎬 📱 💻 📚 ✏️ 📌 📎 ✅ ❌ ❓ ❗ ⏰ 🔔 💡 🔑 🏠 🚗 ✈️ 🚀 ⚽ 🏀 🎮 💰 🧧 🎂 🕯️',
} as const;

export const emojiGroups = [
  'smiles',
  'hands',
  'hearts',
  'nature',
  'food',
  'things',
] as const satisfies readonly (keyof typeof emoji)[];
