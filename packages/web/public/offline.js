// Comes back by itself: when the network says so, and every few seconds anyway.
const again = () => location.reload();
document.getElementById('again').addEventListener('click', again);
addEventListener('online', again);
setInterval(async () => {
  try {
    const response = await fetch('/healthz', { cache: 'no-store' });
    if (response.ok) again();
  } catch {
    // Still away.
  }
}, 2000);
